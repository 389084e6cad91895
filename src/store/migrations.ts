import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './tables.ts';

const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('snapshot')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('run')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('tool', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addColumn('inventory_hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addColumn('settings', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('target')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('target_key', ['run', 'key'])
      .execute();
    await db.schema
      .createTable('observation')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('ok', 'integer', (column) => column.notNull())
      .addColumn('failure', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('observation_key', ['run', 'target', 'kind'])
      .execute();
    await db.schema
      .createTable('judgement')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('checks_hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addColumn('frameworks_hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addColumn('reference_hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .execute();
    await db.schema
      .createTable('finding')
      .addColumn('judgement', 'integer', (column) => column.notNull().references('judgement.id'))
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('check', 'text', (column) => column.notNull())
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('finding_key', ['judgement', 'target', 'check'])
      .execute();
    await db.schema
      .createTable('assessment')
      .addColumn('judgement', 'integer', (column) => column.notNull().references('judgement.id'))
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('obligation', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('assessment_key', ['judgement', 'system', 'obligation'])
      .execute();
    await db.schema
      .createTable('cost')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('session', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('connections', 'integer', (column) => column.notNull())
      .addColumn('refused_by_guard', 'integer', (column) => column.notNull())
      .addColumn('bytes_sent', 'bigint', (column) => column.notNull())
      .addColumn('bytes_received', 'bigint', (column) => column.notNull())
      .addColumn('peak_per_second', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('cost_key', ['run', 'session', 'address'])
      .execute();
    await db.schema.createIndex('target_waiting').on('target').columns(['run', 'state', 'position']).execute();
  },
};

/** Names are asked about too: UDP datagrams to targets, and queries to our own resolvers apart from them. */
const names: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('cost')
      .addColumn('datagrams', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('resolver_cost')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('session', 'text', (column) => column.notNull())
      .addColumn('server', 'text', (column) => column.notNull())
      .addColumn('queries', 'integer', (column) => column.notNull())
      .addColumn('bytes_sent', 'bigint', (column) => column.notNull())
      .addColumn('bytes_received', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('resolver_cost_key', ['run', 'session', 'server'])
      .execute();
  },
};

/** What feeds answered of the software of a target. */
const known: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('known')
      .addColumn('judgement', 'integer', (column) => column.notNull().references('judgement.id'))
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addPrimaryKeyConstraint('known_key', ['judgement', 'target'])
      .execute();
  },
};

/** What monitoring centres say that they saw of a run's markers. */
const detection: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('detection_return')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('imported_at', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('centre', 'text')
      .execute();
    await db.schema
      .createTable('detection_sighting')
      .addColumn('marker', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('centre', 'text', (column) => column.notNull())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('detection_return', 'integer', (column) => column.notNull().references('detection_return.id'))
      .addPrimaryKeyConstraint('detection_sighting_key', ['marker', 'seen_at', 'source', 'centre'])
      .execute();
    await db.schema.createIndex('detection_sighting_run').on('detection_sighting').columns(['run']).execute();
    await db.schema.createIndex('detection_return_run').on('detection_return').columns(['run']).execute();
  },
};

/** Laws of levels and days off, as a judgement leant on them; older judgements have none. */
const levels: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('judgement')
      .addColumn('levels_hash', 'text', (column) => column.references('snapshot.hash'))
      .execute();
  },
};

/** The life of findings over runs: a chain of records that only grows, what each run saw, and where that leads. */
const track: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('history')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('finding', 'text')
      .addColumn('run', 'text')
      .addColumn('prev', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('history_run').on('history').column('run').execute();
    await db.schema.createIndex('history_finding').on('history').columns(['finding', 'seq']).execute();
    await db.schema
      .createTable('history_head')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('sighting')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('finding', 'text', (column) => column.notNull())
      .addColumn('mark', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('evidence', 'text')
      .addColumn('cause', 'text')
      .addPrimaryKeyConstraint('sighting_key', ['run', 'finding'])
      .execute();
    await db.schema.createIndex('sighting_finding').on('sighting').columns(['finding', 'at']).execute();
    await db.schema
      .createTable('life')
      .addColumn('finding', 'text', (column) => column.primaryKey())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('place')
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('targets', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('place_key', ['zone', 'place'])
      .execute();
  },
};

/** Verifications beside scans; and what set fails aside when a judgement was assessed. */
const kinds: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('run')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('scan'))
      .execute();
    await db.schema
      .alterTable('judgement')
      .addColumn('asides_hash', 'text', (column) => column.references('snapshot.hash'))
      .execute();
  },
};

/** Sheets sent to owners to be answered: what an answer must name, and is held against. */
const answerSheets: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('answer_sheet')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

/** What trends need of each run and is too dear to find out again. */
const trend: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('run_glance')
      .addColumn('run', 'text', (column) => column.primaryKey().references('run.id'))
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

/** What owners were told, and how far each digest got. */
const notices: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('notice')
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('upto', 'integer', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('reason', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('notice_key', ['organisation', 'channel', 'day'])
      .execute();
    await db.schema
      .createTable('notice_told')
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('finding', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('first_on', 'text', (column) => column.notNull())
      .addColumn('last_on', 'text', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('notice_told_key', ['organisation', 'channel', 'kind', 'finding'])
      .execute();
  },
};

/** Brings a database to the newest shape; safe to call on every opening. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrations = {
    '0001-first': first,
    '0002-names': names,
    '0003-known': known,
    '0004-detection': detection,
    '0005-levels': levels,
    '0006-track': track,
    '0008-trend': trend,
    '0010-notices': notices,
    '0011-answer-sheets': answerSheets,
    '0012-kinds': kinds,
  };
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the store could not be migrated', { cause: error });
}

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const first: Migration = {
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

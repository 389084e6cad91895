import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The life of findings over runs: a chain of records that only grows, what each run saw, and where that leads. */
export const track: Migration = {
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

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a run lived through: a worker lost, a clock that was off, a control that misread. */
export const runEvents: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('run_event')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('run_event_run').on('run_event').columns(['run', 'id']).execute();
  },
};

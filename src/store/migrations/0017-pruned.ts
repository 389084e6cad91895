import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Runs whose raw observations were removed by a rule of retention: when, by which, and what must be known of them still. */
export const pruned: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('pruned')
      .addColumn('run', 'text', (column) => column.primaryKey().references('run.id'))
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addColumn('months', 'integer', (column) => column.notNull())
      .addColumn('removed', 'integer', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

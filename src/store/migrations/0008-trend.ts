import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What trends need of each run and is too dear to find out again. */
export const trend: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('run_glance')
      .addColumn('run', 'text', (column) => column.primaryKey().references('run.id'))
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

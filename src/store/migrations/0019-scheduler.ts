import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the scheduler last said of itself. */
export const scheduler: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('scheduler')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

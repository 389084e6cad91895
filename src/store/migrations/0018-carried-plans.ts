import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Plans carried by hand into zones that no wire reaches: what their results are held against. */
export const carriedPlans: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('carried_plan')
      .addColumn('run', 'text', (column) => column.primaryKey())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('issued_at', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('inventory_hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who paused or stopped all scanning, when and why: the newest row holds. */
export const fleetSwitch: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('fleet_switch')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('position', 'text', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Scans over many machines: who works, who is at which address, which runs went to workers, who had a lane last. */
export const fleet: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('worker')
      .addColumn('session', 'text', (column) => column.primaryKey())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('pid', 'integer', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('lanes', 'integer', (column) => column.notNull())
      .addColumn('done', 'integer', (column) => column.notNull())
      .addColumn('clock_offset_ms', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('address_hold')
      .addColumn('address', 'text', (column) => column.primaryKey())
      .addColumn('worker', 'text', (column) => column.notNull())
      .addColumn('fence', 'integer', (column) => column.notNull())
      .addColumn('until_ms', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('dispatch')
      .addColumn('run', 'text', (column) => column.primaryKey().references('run.id'))
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('starter', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('lane')
      .addColumn('run', 'text', (column) => column.notNull())
      .addColumn('lane', 'text', (column) => column.notNull())
      .addColumn('worker', 'text', (column) => column.notNull())
      .addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('losses', 'integer', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('lane_key', ['run', 'lane'])
      .execute();
  },
};

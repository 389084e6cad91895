import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Names are asked about too: UDP datagrams to targets, and queries to our own resolvers apart from them. */
export const names: Migration = {
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

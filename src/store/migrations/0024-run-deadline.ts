import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a run at workers ends, whatever was not looked at by then. */
export const runDeadline: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('dispatch').addColumn('ends_at', 'text').execute();
  },
};

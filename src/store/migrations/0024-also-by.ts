import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A run at workers that was taken up with a later inventory is bound by its documents too, on whatever machine. */
export const alsoBy: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('dispatch')
      .addColumn('also_hash', 'text', (column) => column.references('snapshot.hash'))
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Laws of levels and days off, as a judgement leant on them; older judgements have none. */
export const levels: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('judgement')
      .addColumn('levels_hash', 'text', (column) => column.references('snapshot.hash'))
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What feeds answered of the software of a target. */
export const known: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('known')
      .addColumn('judgement', 'integer', (column) => column.notNull().references('judgement.id'))
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().references('snapshot.hash'))
      .addPrimaryKeyConstraint('known_key', ['judgement', 'target'])
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Verifications beside scans; and what set fails aside when a judgement was assessed. */
export const kinds: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('run')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('scan'))
      .execute();
    await db.schema
      .alterTable('judgement')
      .addColumn('asides_hash', 'text', (column) => column.references('snapshot.hash'))
      .execute();
  },
};

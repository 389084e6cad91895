import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sheets sent to owners to be answered: what an answer must name, and is held against. */
export const answerSheets: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('answer_sheet')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
  },
};

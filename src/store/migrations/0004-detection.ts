import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What monitoring centres say that they saw of a run's markers. */
export const detection: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('detection_return')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('imported_at', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('centre', 'text')
      .execute();
    await db.schema
      .createTable('detection_sighting')
      .addColumn('marker', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('centre', 'text', (column) => column.notNull())
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('detection_return', 'integer', (column) => column.notNull().references('detection_return.id'))
      .addPrimaryKeyConstraint('detection_sighting_key', ['marker', 'seen_at', 'source', 'centre'])
      .execute();
    await db.schema.createIndex('detection_sighting_run').on('detection_sighting').columns(['run']).execute();
    await db.schema.createIndex('detection_return_run').on('detection_return').columns(['run']).execute();
  },
};

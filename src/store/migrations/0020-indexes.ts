import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { keepLooks } from '../look.ts';

/**
 * What keeps questions quick when a store holds a year of weekly runs: what each scan saw of each system, noted once when it
 * ends; what was worked out of a run and may be thrown away; and indexes by what is asked for.
 */
export const indexes: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('system_look')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('system', 'text', (column) => column.notNull())
      .addColumn('first_at', 'text')
      .addColumn('at', 'text')
      .addColumn('seen', 'integer', (column) => column.notNull())
      .addColumn('needed', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('system_look_key', ['run', 'system'])
      .execute();
    await db.schema
      .createTable('kept')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('kept_key', ['run', 'what', 'subject'])
      .execute();
    // Findings of one system, and all of them in the order in which they are read.
    await db.schema
      .createIndex('finding_system')
      .on('finding')
      .columns(['judgement', 'system', 'target', 'check'])
      .execute();
    await db.schema
      .createIndex('finding_outcome')
      .on('finding')
      .columns(['judgement', 'outcome', 'severity'])
      .execute();
    // The marks of a finding in the order of time, without a look at their rows.
    await db.schema.dropIndex('sighting_finding').execute();
    await db.schema.createIndex('sighting_finding').on('sighting').columns(['finding', 'at', 'mark']).execute();
    await keepLooks(db);
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What runs saw of our own control servers, apart from what they saw of the province. */
export const controls: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('control_round')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('round', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('control_round_key', ['run', 'round'])
      .execute();
    await db.schema
      .createTable('control_look')
      .addColumn('run', 'text', (column) => column.notNull().references('run.id'))
      .addColumn('round', 'integer', (column) => column.notNull())
      .addColumn('control', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('control_look_key', ['run', 'round', 'control', 'target'])
      .execute();
  },
};

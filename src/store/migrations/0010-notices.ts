import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What owners were told, and how far each digest got. */
export const notices: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('notice')
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('upto', 'integer', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('reason', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('notice_key', ['organisation', 'channel', 'day'])
      .execute();
    await db.schema
      .createTable('notice_told')
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('finding', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('first_on', 'text', (column) => column.notNull())
      .addColumn('last_on', 'text', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('notice_told_key', ['organisation', 'channel', 'kind', 'finding'])
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * From here on the body of a finding no longer repeats its columns (`finding-row.ts`); rows from before stay as they are and are
 * read as ever. An older program would miss what is left out, so it must not take the store for one of its own. With it comes
 * the index that finds the latest look at a system among those of years.
 */
export const leanFindings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createIndex('system_look_latest')
      .on('system_look')
      .columns(['system', 'at', 'seen', 'needed', 'run'])
      .execute();
  },
};

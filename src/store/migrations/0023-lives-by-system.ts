import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** One system's lives are found among those of a province: what an owner is shown asks for a few of tens of thousands. */
export const livesBySystem: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createIndex('life_system').on('life').columns(['zone', 'system']).execute();
  },
};

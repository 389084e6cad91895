import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { Inventory } from '../model/inventory.ts';
import type { CarriedPlanStore, IssuedPlan } from './carried-plan-types.ts';
import { readSnapshot } from './read.ts';
import type { Database } from './tables.ts';
import { saveSnapshot } from './write.ts';

export function carriedPlanStore(db: Kysely<Database>): CarriedPlanStore {
  return {
    issue: ({ plan, inventory, packages }) =>
      db.transaction().execute(async (tx) => {
        const inventory_hash = await saveSnapshot(tx, 'inventory', inventory);
        const { run, zone, issuedAt: issued_at, hash } = plan;
        await tx
          .insertInto('carried_plan')
          .values({ run, zone, issued_at, hash, inventory_hash, body: canonicalJson({ plan, packages }) })
          .execute();
      }),
    find: async (run) => {
      const row = await db
        .selectFrom('carried_plan')
        .select(['inventory_hash', 'body'])
        .where('run', '=', run)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const inventory = (await readSnapshot(db, row.inventory_hash)) as Inventory;
      return { ...(JSON.parse(row.body) as Omit<IssuedPlan, 'inventory'>), inventory };
    },
  };
}

import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { CarriedPlan } from '../model/carried.ts';
import type { Inventory } from '../model/inventory.ts';
import type { PackageEvidence } from '../model/software/evidence.ts';
import { readSnapshot } from './read.ts';
import type { Database } from './tables.ts';
import { saveSnapshot } from './write.ts';

/** A plan with what its results are judged under: the whole inventory of that day and the lists of packages, by system. */
export type IssuedPlan = {
  readonly plan: CarriedPlan;
  readonly inventory: Inventory;
  readonly packages: Readonly<Record<string, readonly PackageEvidence[]>>;
};

/** Plans carried into zones without a wire; only ever added to. */
export type CarriedPlanStore = {
  readonly issue: (issued: IssuedPlan) => Promise<void>;
  /** By the run that its results are to be. */
  readonly find: (run: string) => Promise<IssuedPlan | undefined>;
};

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

import type { CarriedPlan } from '../model/carried.ts';
import type { Inventory } from '../model/inventory.ts';
import type { PackageEvidence } from '../model/software/evidence.ts';

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

import type { FindingAside } from '../model/aside.ts';
import { dayOf } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { asidesAgain, asidesByLives } from '../track/asides.ts';
import { renamesOf } from '../track/renames.ts';

/** What sets the fails of a run aside on the day of its end, once it was taken into the life of findings. */
export async function asidesOfRun(
  store: Store,
  { zone, findings, inventory, at }: RunFindings,
): Promise<readonly FindingAside[]> {
  return asidesByLives(findings, await store.track.lives(zone), inventory, dayOf(at));
}

type RunFindings = {
  readonly zone: string;
  readonly findings: readonly Finding[];
  readonly inventory: Inventory;
  readonly at: string;
};

/**
 * What sets fails aside of a run that is judged again, by what did when it ended and not by what was said since. Undefined
 * where its judgement is older than the keeping of it: then the inventory's waivers speak by their date, as they did.
 */
export async function asidesRejudged(
  store: Store,
  run: Run,
  inventory: Inventory,
  after: readonly Finding[],
  { checks }: Pick<Lawbook, 'checks'>,
): Promise<readonly FindingAside[] | undefined> {
  const { id } = await store.judgement(run.id);
  const asides = await store.asides(id);
  if (asides === undefined) return undefined;
  return asidesAgain({
    before: await store.findings(id),
    asides,
    after,
    renamed: renamesOf(checks),
    lives: await store.track.lives(run.zone),
    inventory,
    day: dayOf(run.endedAt ?? run.startedAt),
  });
}

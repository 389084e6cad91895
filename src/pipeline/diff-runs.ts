import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { diffRuns, type Difference } from '../track/diff.ts';
import { movedTargets, placesOf } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';
import { keyOf } from '../track/sighter.ts';
import { secretSystems } from './latest-inventory.ts';
import { readAgain } from './read-again.ts';

/**
 * How the second run differs from the first. The first's observations are judged again by the second's checks and then by
 * its data too (end-of-life dates, what the feeds answered), so that a change of the reading is told apart from a
 * change of the world. Throws UserError for runs of different zones: they look from different places.
 */
export async function compareRuns(store: Store, first: Run, second: Run): Promise<readonly Difference[]> {
  if (first.zone !== second.zone) {
    throw new UserError([{ message: message('track.other-zone', { first: first.zone, second: second.zone }) }]);
  }
  const [was, is] = [await store.judgement(first.id), await store.judgement(second.id)];
  const { before, byChecks, byLawbook } = await readAgain(store, first, was, is);
  const [oldTargets, newTargets] = [await store.targets(first.id), await store.targets(second.id)];
  const earlier = (await store.track.lives(first.zone)).filter(({ bornAt }) => bornAt < first.startedAt);
  const failed = new Set(earlier.map(keyOf));
  // What may not be looked at any more is not listed by host either.
  const secret = await secretSystems(store);
  const differences = diffRuns({
    before,
    byChecks,
    byLawbook,
    after: await store.findings(is.id),
    moved: movedTargets(placesOf(oldTargets), placesOf(newTargets)),
    renamed: renamesOf(is.lawbook.checks),
    planned: new Set(newTargets.map(({ system, key }) => `${system}\n${key}`)),
    failedEarlier: (key) => failed.has(key),
  });
  return differences.filter(({ system }) => !secret.has(system));
}

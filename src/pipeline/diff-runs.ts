import type { Outcome } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import type { Judgement, Store } from '../store/types.ts';
import { diffRuns, type DiffInput, type Difference } from '../track/diff.ts';
import { movedTargets, placesOf } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';
import { keyOf } from '../track/sighter.ts';
import { secretSystems } from './latest-inventory.ts';
import { readingChanged } from './reading-changed.ts';

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
  const [oldTargets, newTargets] = [await store.targets(first.id), await store.targets(second.id)];
  const moved = movedTargets(placesOf(oldTargets), placesOf(newTargets));
  const sides = await sidesOf(store, first, was, is, moved.size === 0);
  const failed = await failedBefore(store, first, sides);
  // What may not be looked at any more is not listed by host either.
  const secret = await secretSystems(store);
  const differences = diffRuns({
    ...sides,
    moved,
    renamed: renamesOf(is.lawbook.checks),
    planned: new Set(newTargets.map(({ system, key }) => `${system}\n${key}`)),
    failedEarlier: (key) => failed.has(key),
  });
  return differences.filter(({ system }) => !secret.has(system));
}

type Sides = Pick<DiffInput, 'before' | 'byChecks' | 'byLawbook' | 'after'>;

/** The findings to compare. Where both are read alike and nothing goes by another name, what is the same is not even fetched. */
async function sidesOf(store: Store, first: Run, was: Judgement, is: Judgement, named: boolean): Promise<Sides> {
  const { checks, data } = await readingChanged(store, was, is);
  if (named && !checks && !data) {
    const { before, after } = await store.differing(was.id, is.id);
    return { before, byChecks: before, byLawbook: before, after };
  }
  const { readAgain } = await import('./read-again.ts');
  const { before, byChecks, byLawbook } = await readAgain(store, first, was, is);
  return { before, byChecks, byLawbook, after: await store.findings(is.id) };
}

/** What had failed in a run before the first, of the systems where something fails that did not fail in the first. */
async function failedBefore(store: Store, first: Run, { before, after }: Sides): Promise<ReadonlySet<string>> {
  const failing = ({ outcome }: { readonly outcome: Outcome }) => outcome === 'fail';
  const failed = new Set(before.filter(failing).map(keyOf));
  const began = after.filter((finding) => failing(finding) && !failed.has(keyOf(finding)));
  const systems = [...new Set(began.map(({ system }) => system))];
  const lives = systems.length > atOnce ? await store.track.lives(first.zone) : await livesOf(store, first, systems);
  return new Set(lives.filter(({ bornAt }) => bornAt < first.startedAt).map(keyOf));
}

const livesOf = async (store: Store, { zone }: Run, systems: readonly string[]) =>
  systems.length === 0 ? [] : store.track.lives(zone, systems);

/** Of more systems than this all lives are read: an engine binds so many values. */
const atOnce = 1000;

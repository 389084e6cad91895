import { canonicalJson } from '../model/canonical.ts';
import { UserError } from '../model/errors.ts';
import { own } from '../model/own.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { softwareKey, type KnownSoftwareTable, type SoftwareQuery } from '../model/vulnerability.ts';
import type { KnownByTarget, Store } from '../store/types.ts';
import { diffRuns, type Difference } from '../track/diff.ts';
import { movedTargets, placesOf } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';
import { keyOf } from '../track/sighter.ts';
import { secretSystems } from './latest-inventory.ts';
import { rejudge } from './rejudge.ts';

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
  const known = await store.known(was.id);
  const sameChecks = first.checksHash === second.checksHash;
  const laterKnown = await store.known(is.id);
  const sameData =
    canonicalJson(was.lawbook.reference) === canonicalJson(is.lawbook.reference) && sameAnswers(known, laterKnown);
  const before = await store.findings(was.id);
  const checks = { ...was.lawbook, checks: is.lawbook.checks };
  const byChecks = sameChecks ? before : (await rejudge(store, first, checks, askOf([known]))).findings;
  const byLawbook = sameData
    ? byChecks
    : (await rejudge(store, first, is.lawbook, askOf([laterKnown, known]))).findings;
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

/** Feeds as far as their answers were kept: the first table that knows the product and version. */
function askOf(tables: readonly KnownByTarget[]): (queries: readonly SoftwareQuery[]) => KnownSoftwareTable {
  const merged = tables.map((byTarget) => Object.assign({}, ...byTarget.values()) as KnownSoftwareTable);
  return (queries) =>
    Object.fromEntries(
      queries.flatMap((query) => {
        const key = softwareKey(query);
        const answer = merged.map((table) => own(table, key)).find((one) => one !== undefined);
        return answer === undefined ? [] : [[key, answer]];
      }),
    );
}

/** Whether the same products were answered the same; products that one run alone saw say nothing of the feeds. */
function sameAnswers(a: KnownByTarget, b: KnownByTarget): boolean {
  const [first, second] = [a, b].map((one) => Object.assign({}, ...one.values()) as KnownSoftwareTable);
  return Object.entries(first ?? {}).every(([key, answer]) => {
    const other = own(second ?? {}, key);
    return other === undefined || canonicalJson(other) === canonicalJson(answer);
  });
}

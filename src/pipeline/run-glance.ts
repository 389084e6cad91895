import type { Finding } from '../model/finding.ts';
import type { RunEvent } from '../model/track/history.ts';
import type { RunGlance } from '../model/track/trend.ts';
import type { Store } from '../store/types.ts';
import { recordOf } from '../track/chain.ts';
import { originsOf } from '../track/origins.ts';
import { isOfSome } from '../track/take-in-partial.ts';
import { movedTargets, placesOf } from '../track/place.ts';
import { renamesOf } from '../track/renames.ts';

/**
 * Notes of every run taken in what a trend needs of it and is too dear to find out again: how much it saw of each system, and
 * what in its findings comes of other checks or data than those of the run before. Those that have it are left alone.
 */
export async function noteGlances(store: Store): Promise<void> {
  const noted = new Set(await store.track.glanceRuns());
  const last = new Map<string, RunEvent>();
  for (const raw of await store.track.runRecords()) {
    const event = recordOf(raw)?.event;
    if (event?.kind !== 'run' || isOfSome(event)) continue;
    const before = last.get(event.zone);
    last.set(event.zone, event);
    if (!noted.has(event.run)) await store.track.saveGlance(event.run, await glanceOf(store, event, before));
  }
}

async function glanceOf(store: Store, event: RunEvent, before: RunEvent | undefined): Promise<RunGlance> {
  const is = await store.judgement(event.run, event.judgement);
  const after = await store.findings(is.id);
  const coverage = coverageOf(after);
  const first = before === undefined ? undefined : await store.run(before.run);
  if (before === undefined || first === undefined)
    return { checks: false, data: false, toldApart: true, origins: [], coverage };
  const was = await store.judgement(before.run, before.judgement);
  // Brings all of judging, which most calls have no use for: what was noted is not noted again.
  const { readAgain } = await import('./read-again.ts');
  const { toldApart, ...read } = await readAgain(store, first, was, is);
  const { checks, data } = read;
  const renamed = renamesOf(is.lawbook.checks);
  const moved = movedTargets(placesOf(await store.targets(first.id)), placesOf(await store.targets(event.run)));
  const knownChecks = new Set(was.lawbook.checks.map(({ id }) => renamed(id)));
  const origins = originsOf({ ...read, after, moved, renamed, knownChecks });
  return { before: before.run, checks, data, toldApart, origins, coverage };
}

function coverageOf(findings: readonly Finding[]): RunGlance['coverage'] {
  const systems = new Map<string, { seen: number; needed: number }>();
  for (const { system, outcome } of findings) {
    const known = systems.get(system) ?? { seen: 0, needed: 0 };
    systems.set(system, known);
    if (outcome === 'not-applicable') continue;
    known.needed += 1;
    if (outcome !== 'not-observed') known.seen += 1;
  }
  return [...systems].map(([system, coverage]) => ({ system, ...coverage }));
}

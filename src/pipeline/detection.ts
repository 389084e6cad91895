import { matchRows, type MatchedRow } from '../assess/detection/match.ts';
import { detectionOf } from '../assess/detection/outcome.ts';
import { readSightings } from '../assess/detection/read-sightings.ts';
import {
  markerOf,
  type DetectionSettings,
  type SentMarker,
  type Sighting,
  type SystemDetection,
} from '../model/detection.ts';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';

/** Every marker of a run and what became of it, in the order of the targets; empty where no check was made. */
export async function markersOf(store: Store, run: string): Promise<readonly SentMarker[]> {
  const { detection } = (await store.settings(run)) as { readonly detection?: DetectionSettings };
  if (detection === undefined) return [];
  const sent = new Map<string, Pick<SentMarker, 'delivery' | 'sentAt' | 'url'>>();
  for await (const page of store.observationPages(run, 'http')) {
    for (const observation of page) {
      if (observation.kind !== 'http' || !observation.ok || observation.facts.detection === undefined) continue;
      const { delivery, sentAt, url } = observation.facts.detection;
      sent.set(observation.target, { delivery, url, ...(sentAt === undefined ? {} : { sentAt }) });
    }
  }
  const targets = (await store.targets(run)).filter(({ kind }) => kind === 'web');
  return targets.map(({ key, system }) => ({
    run,
    system,
    target: key,
    marker: markerOf(detection, run, key),
    ...(sent.get(key) ?? { delivery: 'not-sent' as const }),
  }));
}

/** What monitoring noticed of a run, system by system; empty where no check was made. */
export async function detectionOfRun(store: Store, run: string): Promise<readonly SystemDetection[]> {
  const markers = await markersOf(store, run);
  if (markers.length === 0) return [];
  return detectionOf(markers, await store.sightings(run), await store.detectionReturns(run));
}

/**
 * The newest run that made a detection check and began no later than `until`: one that is preferred, where there is any.
 */
export async function lastDetectionRun(
  store: Store,
  until?: string,
  isPreferred: (run: Run) => Promise<boolean> = () => Promise.resolve(true),
): Promise<Run | undefined> {
  let newest: Run | undefined;
  for (const run of await store.runs()) {
    if (until !== undefined && run.startedAt > until) continue;
    if ((await store.settings(run.id))['detection'] === undefined) continue;
    if (await isPreferred(run)) return run;
    newest ??= run;
  }
  return newest;
}

/** What an import did, row by row. */
export type Imported = {
  readonly runs: readonly string[];
  readonly rows: readonly MatchedRow[];
  /** Of the rows accepted, how many said something new. */
  readonly added: number;
};

/**
 * Imports what a centre returned. Rows that cannot be are refused one by one; the rest is kept in one transaction. A
 * return without a row is kept as well, of the run asked for or the newest: that a centre saw nothing is an answer. One
 * of whose rows none is accepted is no answer, and nothing of it is kept.
 */
export async function importReturn(
  store: Store,
  file: string,
  options: { readonly run?: string; readonly centre?: string; readonly now: string },
): Promise<Imported> {
  const { rows, hash } = await readSightings(file);
  const runs = await runsAsked(store, options.run);
  const markers: SentMarker[] = [];
  for (const run of runs) markers.push(...(await markersOf(store, run)));
  const { centre, now } = options;
  const matched = matchRows(rows, markers, { now, ...(centre === undefined ? {} : { centre }) });
  const sightings = matched.flatMap((row): readonly Sighting[] => (row.ok ? [row.sighting] : []));
  const told = rows.length === 0 ? runs.slice(0, 1) : [...new Set(sightings.map(({ run }) => run))];
  const returns = told.map((run) => ({ run, importedAt: now, hash, ...(centre === undefined ? {} : { centre }) }));
  return { runs: told, rows: matched, added: await store.addReturns(returns, sightings) };
}

/** Runs with a detection check, newest first, or the one asked for. */
async function runsAsked(store: Store, asked: string | undefined): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id } of await store.runs()) {
    if (asked !== undefined && id !== asked) continue;
    if ((await store.settings(id))['detection'] !== undefined) found.push(id);
  }
  if (found.length > 0) return found;
  throw new UserError([
    {
      message:
        asked === undefined ? message('layers.no-check-made') : message('layers.run-without-check', { run: asked }),
    },
  ]);
}

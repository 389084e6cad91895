import { matchRows, type MatchedRow } from '../assess/detection/match.ts';
import { readSightings } from '../assess/detection/read-sightings.ts';
import type { SentMarker, Sighting } from '../model/detection.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { markersOf } from './detection.ts';

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

import type { HistoryRecord, RunEvent } from '../model/track/history.ts';
import type { SightingInRun } from '../model/track/report-track.ts';
import type { Sighting } from '../model/track/sighting.ts';
import type { RawRecord } from '../store/track-types.ts';
import type { Store } from '../store/types.ts';
import { recordOf } from '../track/chain.ts';
import { applyEntry, type Lives } from '../track/fold.ts';

/** A run of the zone once all that it brought is taken in; `lives` is the same map each time, of lives that never change. */
export type ReplayedRun = {
  readonly event: RunEvent;
  readonly at: string;
  readonly lives: Lives;
  readonly sightings: readonly Sighting[];
};

/**
 * Plays the history of one zone again up to the end of what a run brought, and no further: what was said since is not yet
 * known then. Gives the lives as they stood, with the records that made them; undefined where the history has no such
 * run. Trusts the history, as everything that draws it does; `verifyHistory` is what asks whether it may be trusted.
 */
export async function replayTo(
  store: Store,
  { run, zone }: { readonly run: string; readonly zone: string },
  onRun: (replayed: ReplayedRun) => void,
  source: HistorySource = wholeHistory(store),
): Promise<{ readonly lives: Lives; readonly records: readonly HistoryRecord[] } | undefined> {
  const lives: Lives = new Map();
  const records: HistoryRecord[] = [];
  let open: Omit<ReplayedRun, 'lives'> | undefined;
  for await (const page of source.records()) {
    for (const raw of page) {
      const record = recordOf(raw);
      if (record === undefined) continue;
      const { event } = record;
      if (open !== undefined && !belongsTo(record, open.at)) {
        onRun({ ...open, lives });
        if (open.event.run === run) return { lives, records };
        open = undefined;
      }
      if (event.kind === 'run') {
        if (event.zone !== zone) continue;
        const sightings = (await source.sightings(event.run)).filter(({ finding }) => lives.has(finding));
        applyEntry(lives, record, sightings);
        open = { event, at: record.at, sightings };
      } else if (event.kind === 'born' ? event.zone === zone : lives.has(event.finding)) {
        applyEntry(lives, record);
        records.push(record);
      }
    }
  }
  if (open === undefined) return undefined;
  onRun({ ...open, lives });
  return open.event.run === run ? { lives, records } : undefined;
}

/** Whether nothing was said since what a run brought was taken in: lives then stand as `replayTo` would tell them. */
export async function standsYet({ track }: Store, { id }: { readonly id: string }): Promise<boolean> {
  const own = (await track.runRecords()).map(recordOf).findLast((record) => record?.event.kind === 'run');
  if (own?.event.kind !== 'run' || own.event.run !== id) return false;
  for await (const page of track.records(own.seq))
    for (const raw of page) {
      const record = recordOf(raw);
      if (record === undefined || !belongsTo(record, own.at)) return false;
    }
  return true;
}

/** Where records in their order, and what each run saw, are read from. */
export type HistorySource = {
  readonly records: () => AsyncIterable<readonly RawRecord[]>;
  readonly sightings: (run: string) => Promise<readonly Sighting[]>;
};

const wholeHistory = ({ track }: Store): HistorySource => ({ records: track.records, sightings: track.sightings });

/** All that was ever said and seen of some findings, with the runs that could have seen them. */
export type FindingHistory = {
  /** Theirs, and those of runs, oldest first. */
  readonly records: readonly RawRecord[];
  readonly sightings: readonly SightingInRun[];
};

export async function historyOf({ track }: Store, findings: readonly string[]): Promise<FindingHistory> {
  // Runs last: of one that is taken in meanwhile nothing is here, or all that tells it from the run asked for.
  const sightings = await track.sightingsOf(findings);
  const told = await track.recordsOf(findings);
  const records = [...(await track.runRecords()), ...told].sort((a, b) => a.seq - b.seq);
  return { records, sightings };
}

/** The same to be played again: nothing in it hangs on any other finding, but for the runs that saw them. */
export function sourceOf({ records, sightings }: FindingHistory): HistorySource {
  const seen = Map.groupBy(sightings, ({ run }) => run);
  return {
    records: async function* () {
      await Promise.resolve();
      yield records;
    },
    sightings: (run) =>
      Promise.resolve(
        (seen.get(run) ?? [])
          .map(({ run: _run, ...sighting }): Sighting => sighting)
          .sort((a, b) => (a.finding < b.finding ? -1 : 1)),
      ),
  };
}

/**
 * What was said and seen of some findings of a run's zone up to that run, where nothing was since: their lives then stand in the store
 * as `replayTo` would tell them, and nothing need be played. Undefined where there is more, or the history has no such run.
 */
export function standingOf(
  { records, sightings }: FindingHistory,
  { id, zone }: { readonly id: string; readonly zone: string },
): { readonly said: readonly HistoryRecord[]; readonly strips: Map<string, SightingInRun[]> } | undefined {
  const order = new Map<string, number>();
  const said: HistoryRecord[] = [];
  let end: string | undefined;
  let over = false;
  for (const raw of records) {
    const record = recordOf(raw);
    if (record === undefined) continue;
    const { event } = record;
    over ||= end !== undefined && !belongsTo(record, end);
    if (event.kind !== 'run') {
      if (over) return undefined;
      said.push(record);
    } else if (event.zone === zone && !over) {
      order.set(event.run, order.size);
      if (event.run === id) end = record.at;
    }
  }
  if (end === undefined || sightings.some(({ run }) => !order.has(run))) return undefined;
  const at = ({ run }: SightingInRun) => order.get(run) ?? 0;
  return {
    said,
    strips: Map.groupBy(
      sightings.toSorted((a, b) => at(a) - at(b)),
      ({ finding }) => finding,
    ),
  };
}

/** Whether a record still is of the run before it: what follows from it, and what the inventory's waivers do. */
function belongsTo({ at, by, event }: HistoryRecord, endOfRun: string): boolean {
  if (event.kind === 'state' || event.kind === 'set-aside-ended') return true;
  if (at !== endOfRun) return false;
  return event.kind === 'set-aside' ? event.inventory !== undefined : event.kind === 'said' && by === 'rasoat';
}

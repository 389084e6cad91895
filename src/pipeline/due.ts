import { readCadence } from '../engine/schedule/cadence.ts';
import { dueWorkOf, type DueWork } from '../engine/schedule/due-work.ts';
import { contentHash } from '../model/canonical.ts';
import { daysBetween, dayOf } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { Lawbook, Store } from '../store/types.ts';
import type { Rewind } from './known-looks.ts';
import { knownOf, type Known } from './schedule-known.ts';
import { turnsOf } from './schedule.ts';

export type DueAsked = {
  readonly store: Store;
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  readonly zone: string;
  /** Now. */
  readonly at: string;
  /** What becomes of looks that lie in the future (`knownLooks`). */
  readonly rewind: Rewind;
};

/** What is to be done next in a zone: take up a run that did not finish, or look at what is due. */
export type NextWork = { readonly kind: 'resume'; readonly run: Run } | DueWork;

/** What the store told of each zone, while it holds: asked every minute, it seldom changes. */
export type ZoneMemory = Map<string, { readonly of: string; readonly known: (system: string) => Known }>;

/** Works out what is to be done next. A run that was left too long ago is not taken up: half of it would be of another time. */
export async function nextWork(
  asked: DueAsked,
  memory?: { /** The inventory's. */ readonly hash: string; readonly zones: ZoneMemory },
): Promise<NextWork> {
  const { store, inventory, zone, at, rewind } = asked;
  const cadence = await readCadence();
  const day = dayOf(at);
  const runs = await store.runs();
  const partials = await store.partials();
  const left = [...runs, ...partials].filter(({ state }) => state !== 'finished').sort(newestFirst);
  const run = left.find(
    (one) => one.zone === zone && Math.abs(daysBetween(dayOf(one.startedAt), day)) <= cadence.quiet,
  );
  if (run !== undefined) return { kind: 'resume', run };
  const told = [...runs, ...partials].map(({ id, state }) => [id, state]);
  const head = await store.track.head();
  const of = memory && contentHash([day, memory.hash, rewind.runs.length === 0 ? '' : rewind.at, told, head]);
  const remembered = memory?.zones.get(zone);
  const known = of !== undefined && remembered?.of === of ? remembered.known : await knownOf(asked, day);
  if (of !== undefined) memory?.zones.set(zone, { of, known });
  const scan = runs.find((one) => one.state === 'finished' && one.zone === zone);
  const scannedAt = scan === undefined ? {} : { scannedAt: scan.endedAt ?? scan.startedAt };
  return dueWorkOf(turnsOf({ inventory, zone, at, cadence, known }), { wholeDays: cadence.whole, ...scannedAt });
}

const newestFirst = (a: Run, b: Run): number => (a.startedAt < b.startedAt ? 1 : -1);

/** Scans and partial runs that did not finish, newest first. */
export async function unfinishedRuns(store: Store): Promise<readonly Run[]> {
  return [...(await store.runs()), ...(await store.partials())]
    .filter(({ state }) => state !== 'finished')
    .sort(newestFirst);
}

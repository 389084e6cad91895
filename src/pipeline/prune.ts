import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { leastFor, readRetention, type RetentionRules } from '../engine/retention/rules.ts';
import { hasSecret } from '../evidence/secret.ts';
import { addMonths, dayOf, provinceOffsetMs } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { lockFolder } from '../store/lock.ts';
import { storePlace } from '../store/place.ts';
import type { PruneCount } from '../store/pruned.ts';
import type { Store } from '../store/types.ts';
import { freeOn } from './fleet-figures.ts';
import { leanedOn } from './prune-kept.ts';

/** Why a run that is old enough keeps its raw observations. */
export type PruneHold = 'unfinished' | 'newest-of-zone' | 'evidence-pack' | 'not-taken-in';

export type PrunePlan = {
  readonly months: number;
  /** Runs that ended before this day (Viet Nam). */
  readonly before: string;
  readonly rules: RetentionRules;
  readonly going: readonly (PruneCount & {
    readonly run: Run;
    /** Targets whose observations stay, for findings that are not closed lean on them. */
    readonly keptTargets: readonly string[];
    readonly keptKinds: readonly string[];
  })[];
  readonly held: readonly { readonly run: Run; readonly because: PruneHold }[];
  /** Runs whose removal a process began and did not end. */
  readonly begun: readonly string[];
};

export type PruneOptions = { readonly out: string; readonly now: string; readonly months?: number };

/**
 * What a rule of retention lets go: raw observations of finished runs older than so many months. Changes nothing. Throws UserError for a
 * time shorter than a text asks for by the levels of the newest inventory.
 */
export async function planPrune(store: Store, options: PruneOptions): Promise<PrunePlan> {
  const rules = await readRetention();
  const months = options.months ?? rules.keepMonths;
  const runs = [...(await store.runs()), ...(await store.partials()), ...(await store.verifications())];
  await checkLeast(store, rules, months);
  const before = addMonths(dayOf(options.now), -months);
  const cutoff = new Date(Date.parse(`${before}T00:00:00Z`) - provinceOffsetMs).toISOString();
  const newest = newestOfZones(runs);
  const takenIn = new Set(await store.track.runs());
  const begun = await store.prune.begun();
  const old = runs
    .filter((run) => (run.endedAt ?? run.startedAt) < cutoff && (run.pruned === undefined || begun.includes(run.id)))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const held: PrunePlan['held'][number][] = [];
  const going: PrunePlan['going'][number][] = [];
  const leaned = await leanedOn(store, dayOf(options.now));
  for (const run of old) {
    const because = holdOf(run, { newest, takenIn, out: options.out });
    if (because !== undefined && !begun.includes(run.id)) {
      held.push({ run, because });
      continue;
    }
    const keptTargets = await leaned.targets(run);
    const keptKinds = await leaned.kinds(run);
    const count = await store.prune.count(run.id, { targets: keptTargets, kinds: keptKinds });
    if (count.rows > 0 || begun.includes(run.id)) going.push({ run, ...count, keptTargets, keptKinds });
  }
  return { months, before, rules, going, held, begun };
}

async function checkLeast(store: Store, rules: RetentionRules, months: number): Promise<void> {
  const [newest] = await store.runs();
  if (newest === undefined) return;
  const { systems } = await store.inventory(newest.id);
  const least = leastFor(
    rules,
    systems.map(({ classification }) => classification?.level),
  );
  if (least === undefined || months >= least.months) return;
  throw new UserError([
    {
      message: message('retention.too-short', {
        months,
        least: least.months,
        level: least.level,
        clause: least.clause ?? '',
      }),
    },
  ]);
}

/** The newest finished scan and partial run of each zone: what everything that is shown without naming a run is drawn from. */
function newestOfZones(runs: readonly Run[]): ReadonlySet<string> {
  const scans = runs.filter(({ kind, state }) => kind !== 'verification' && state === 'finished');
  return new Set(
    [...Map.groupBy(scans, ({ zone, kind = 'scan' }) => `${zone}\n${kind}`).values()].flatMap(
      (some) => some.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0]?.id ?? [],
    ),
  );
}

function holdOf(
  { id, state }: Run,
  known: { readonly newest: ReadonlySet<string>; readonly takenIn: ReadonlySet<string>; readonly out: string },
): PruneHold | undefined {
  // One that was interrupted may be taken up again.
  if (state !== 'finished') return 'unfinished';
  if (known.newest.has(id)) return 'newest-of-zone';
  // Whoever has a pack may ask for its whole, or for the part of an owner.
  if (hasSecret(known.out, id)) return 'evidence-pack';
  return known.takenIn.has(id) ? undefined : 'not-taken-in';
}

export type PruneEvents = { readonly removed?: (run: string, rows: number) => void };
export type PruneResult = {
  readonly runs: number;
  readonly rows: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** False: too little room on the disk for SQLite to write the file anew; the room is filled again by later runs. */
  readonly vacuumed: boolean;
};

/**
 * Carries a plan out, run by run, some rows at a time: a process that is killed leaves runs that are whole, gone, or begun; the next
 * call goes on with those. Then the room is given back.
 */
export async function applyPrune(
  store: Store,
  plan: PrunePlan,
  options: PruneOptions,
  events: PruneEvents = {},
): Promise<PruneResult> {
  const place = storePlace(options.out);
  // No scan or verification of this folder goes on meanwhile.
  const lock = lockFolder(join(options.out, 'rasoat.lock'));
  try {
    const bytesBefore = sizeOf(options.out) ?? (await store.figures.size()).bytes;
    let rows = 0;
    for (const { run, keptTargets, keptKinds } of plan.going) {
      const order = {
        run: run.id,
        at: options.now,
        months: plan.months,
        kept: { targets: keptTargets, kinds: keptKinds },
      };
      const before = await store.prune.count(run.id, order.kept);
      await store.prune.begin(order);
      while ((await store.prune.removeSome(run.id, options.now)) > 0) events.removed?.(run.id, before.rows);
      events.removed?.(run.id, before.rows);
      rows += before.rows;
    }
    // SQLite writes the whole file anew beside the old one.
    const vacuumed = place.engine === 'postgres' || freeOn(options.out) > 2 * bytesBefore;
    if (plan.going.length > 0 && vacuumed) await store.prune.vacuum();
    return {
      runs: plan.going.length,
      rows,
      bytesBefore,
      bytesAfter: sizeOf(options.out) ?? (await store.figures.size()).bytes,
      vacuumed,
    };
  } finally {
    lock.release();
  }
}

/** Bytes of a store in files, its log of writes included; undefined of a server's. */
function sizeOf(out: string): number | undefined {
  const place = storePlace(out);
  if (place.engine === 'postgres') return undefined;
  return [place.path, `${place.path}-wal`]
    .filter((file) => existsSync(file))
    .reduce((sum, file) => sum + statSync(file).size, 0);
}

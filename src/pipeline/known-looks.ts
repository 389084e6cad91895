import { refusals, type Refusal } from '../inventory/scope.ts';
import { deadlineCameFirst } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { ClockBack } from '../model/scheduler.ts';
import type { Target } from '../model/target.ts';
import type { Store } from '../store/types.ts';
import { partialOf } from './partial.ts';

/** A target that a look had to leave, when that was, and why: a document's hours or days, the run's own time, or a bound of what is asked. */
export type LeftTarget = { readonly target: Target; readonly at: string; readonly by: (typeof reasons)[number] };

/** What is known of the latest look at one system. */
export type KnownLook = {
  /** The latest run that had the whole of it in its plan; `at` is its latest observation, or the run's end where nothing was seen. */
  readonly last?: { readonly at: string; readonly seen: number; readonly needed: number };
  /** What the latest run of any kind left of it. */
  readonly left: readonly LeftTarget[];
};

export type LooksAsked = {
  readonly zone: string;
  readonly systems: ReadonlySet<string>;
  /** Now. */
  readonly at: string;
  /** Absent: `at` is a time gone by, and what lies after it does not count. */
  readonly rewind?: Rewind;
};

/** Runs by a clock that was set back since count as made at the instant when that was noticed. */
export type Rewind = Pick<ClockBack, 'at' | 'runs'>;

/** When something of a run was, by the clock of today. */
export function rewound(rewind: Rewind | undefined): (run: string, instant: string) => string {
  const runs = new Set(rewind?.runs);
  return (run, instant) => (rewind !== undefined && runs.has(run) ? rewind.at : instant);
}

/**
 * The latest look at each of some systems from a zone. Goes back run by run, no
 * further than to the newest scan that planned each.
 */
export async function knownLooks(store: Store, asked: LooksAsked): Promise<ReadonlyMap<string, KnownLook>> {
  const { zone, at, rewind } = asked;
  const madeAt = rewound(rewind);
  const all = [...(await store.runs()), ...(await store.partials())]
    .filter((run) => run.state === 'finished' && run.zone === zone && (rewind !== undefined || run.startedAt <= at))
    .sort((a, b) => (madeAt(a.id, a.startedAt) < madeAt(b.id, b.startedAt) ? 1 : -1));
  const known = new Map<string, KnownLook>();
  const missing = new Set(asked.systems);
  for (const run of all) {
    if (missing.size === 0) break;
    const partial = run.kind === 'partial' ? partialOf(await store.settings(run.id)) : undefined;
    const ofLeft = new Set(partial?.left.map(({ system }) => system));
    const looks = (await store.runLooks(run.id)).filter(({ system }) => missing.has(system));
    const cut = new Set(looks.filter((look) => look.cut > 0 && !known.has(look.system)).map(({ system }) => system));
    const left = cut.size === 0 ? new Map<string, readonly LeftTarget[]>() : await leftOf(store, run.id, cut);
    for (const { system, at: seenAt, seen, needed } of looks) {
      const before = known.get(system);
      const mine = before?.left ?? left.get(system) ?? [];
      if (ofLeft.has(system)) known.set(system, { left: mine });
      else {
        known.set(system, {
          last: { at: madeAt(run.id, seenAt ?? run.endedAt ?? run.startedAt), seen, needed },
          left: mine,
        });
        missing.delete(system);
      }
    }
  }
  return known;
}

/** Refusals that a later hour or another document's day may lift. */
const passing: ReadonlySet<Refusal> = new Set(['outside-hours', 'blackout', 'not-yet', 'expired']);

/** What an observation was left for, where a later look may make it. */
function leftBy(observation: Observation): LeftTarget['by'] | undefined {
  if (observation.ok) return undefined;
  const { code, detail } = observation.failure;
  if (code === 'not-run') return detail === deadlineCameFirst ? 'deadline' : 'bound';
  if (code !== 'not-permitted') return undefined;
  return refusals.some((refusal) => passing.has(refusal) && detail.includes(`${refusal}: `)) ? 'hours' : undefined;
}

/** The first of these that stood in the way of anything of a target. */
const reasons = ['hours', 'deadline', 'bound'] as const;

/** Targets read at once: a run may hold more than fits in memory. */
const pageTargets = 200;

/** The targets of some systems that a run had to leave, by system. */
export async function leftOf(
  store: Store,
  run: string,
  systems: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly LeftTarget[]>> {
  const targets = (await store.targets(run)).filter(({ system }) => systems.has(system));
  const { id } = await store.judgement(run);
  const left: LeftTarget[] = [];
  for (let from = 0; from < targets.length; from += pageTargets) {
    const page = targets.slice(from, from + pageTargets);
    const keys = page.map(({ key }) => key);
    const seen = (await store.targetEvidence(run, id, keys)).observations;
    const cut = seen
      .map((one) => ({ at: one.at, target: one.target, by: leftBy(one) }))
      .filter(({ by }) => by !== undefined);
    const cutAt = Map.groupBy(cut, ({ target }) => target);
    for (const target of page) {
      const own = cutAt.get(target.key) ?? [];
      const last = own
        .map(({ at }) => at)
        .sort()
        .at(-1);
      if (last !== undefined)
        left.push({ target, at: last, by: reasons.find((one) => own.some(({ by }) => by === one)) ?? 'bound' });
    }
  }
  return Map.groupBy(left, ({ target }) => target.system);
}

import { refusals, type Refusal } from '../inventory/scope.ts';
import type { Observation } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { Store } from '../store/types.ts';
import { partialOf } from './partial.ts';

/** A target that a look had to leave, for the hour did not allow it, and when that was. */
export type LeftTarget = { readonly target: Target; readonly at: string };

/** What is known of the latest look at one system. */
export type KnownLook = {
  /** The latest run that had the whole of it in its plan; `at` is its latest observation, or the run's end where nothing was seen. */
  readonly last?: { readonly at: string; readonly seen: number; readonly needed: number };
  /** What the latest run of any kind left of it. */
  readonly left: readonly LeftTarget[];
};

/**
 * The latest look at each of some systems from a zone, by runs that began no later than an instant. Goes back run by run, no
 * further than to the newest scan that planned each.
 */
export async function knownLooks(
  store: Store,
  asked: { readonly zone: string; readonly systems: ReadonlySet<string>; readonly until: string },
): Promise<ReadonlyMap<string, KnownLook>> {
  const { zone, until } = asked;
  const all = [...(await store.runs()), ...(await store.partials())]
    .filter((run) => run.state === 'finished' && run.zone === zone && run.startedAt <= until)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const known = new Map<string, KnownLook>();
  const missing = new Set(asked.systems);
  for (const run of all) {
    if (missing.size === 0) break;
    const partial = run.kind === 'partial' ? partialOf(await store.settings(run.id)) : undefined;
    const ofLeft = new Set(partial?.left.map(({ system }) => system));
    const looks = (await store.runLooks(run.id)).filter(({ system }) => missing.has(system));
    const cut = new Set(looks.filter((look) => look.cut > 0 && !known.has(look.system)).map(({ system }) => system));
    const left = cut.size === 0 ? new Map<string, LeftTarget[]>() : await leftOf(store, run, cut);
    for (const { system, at, seen, needed } of looks) {
      const before = known.get(system);
      const mine = before?.left ?? left.get(system) ?? [];
      if (ofLeft.has(system)) known.set(system, { left: mine });
      else {
        known.set(system, { last: { at: at ?? run.endedAt ?? run.startedAt, seen, needed }, left: mine });
        missing.delete(system);
      }
    }
  }
  return known;
}

/** Refusals that a later hour or another document's day may lift. */
const passing: ReadonlySet<Refusal> = new Set(['outside-hours', 'blackout', 'not-yet', 'expired']);

/** Whether an observation failed for the hour alone. */
export function isOfTheHour(observation: Observation): boolean {
  if (observation.ok) return false;
  const { code, detail } = observation.failure;
  if (code === 'not-run') return true;
  if (code !== 'not-permitted') return false;
  return refusals.some((refusal) => passing.has(refusal) && detail.includes(`${refusal}: `));
}

async function leftOf(store: Store, run: Run, systems: ReadonlySet<string>): Promise<Map<string, LeftTarget[]>> {
  const targets = (await store.targets(run.id)).filter(({ system }) => systems.has(system));
  const { id } = await store.judgement(run.id);
  const { observations } = await store.targetEvidence(
    run.id,
    id,
    targets.map(({ key }) => key),
  );
  const cutAt = new Map<string, string>();
  for (const one of observations) {
    const before = cutAt.get(one.target);
    if (isOfTheHour(one) && (before === undefined || before < one.at)) cutAt.set(one.target, one.at);
  }
  const left = new Map<string, LeftTarget[]>();
  for (const target of targets) {
    const at = cutAt.get(target.key);
    if (at === undefined) continue;
    left.set(target.system, [...(left.get(target.system) ?? []), { target, at }]);
  }
  return left;
}

import pLimit from 'p-limit';
import { workThrough } from '../engine/in-process.ts';
import { controlTargets } from '../inventory/controls.ts';
import { knownAddresses } from '../inventory/endpoint.ts';
import { neededKinds } from '../inventory/targets.ts';
import type { ControlLook, ControlRound } from '../model/control.ts';
import type { LookOrder } from '../model/desk.ts';
import { FailureError, type Failure } from '../model/failure.ts';
import type { Control } from '../model/inventory/control.ts';
import type { Kind } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import type { HoldUse } from '../probe/wire/hold-keeper.ts';
import { createLooker, type Looker, type LookOptions } from './look.ts';
import { hostOf } from './plan.ts';
import { laneOf } from './work.ts';

export type ControlLookOptions = Pick<
  LookOptions,
  'signal' | 'byResolvers' | 'targetDeadlineMs' | 'fingerprints' | 'holds' | 'now' | 'contacts'
> & {
  /** Addresses under way at once. */
  readonly atOnce: number;
  /** Kinds that the run looks by; absent: all. */
  readonly kinds?: ReadonlySet<Kind>;
};

/**
 * Looks once at every control of the order's zone, as at any target and under the same documents, on a wire of its own so that
 * the cost stands apart. A run's deadline does not count here: without this look nothing that the run saw would. Undefined where the
 * zone has no control to be looked at so; throws the stop reason on a stop. Needs neither store nor checks.
 */
export async function lookAtControls(
  order: LookOrder,
  { kinds, atOnce, ...options }: ControlLookOptions,
): Promise<ControlRound | undefined> {
  const controls = order.inventory.zones.find(({ id }) => id === order.zone)?.controls ?? [];
  if (controls.length === 0) return undefined;
  const kindsOf = (target: Target) => neededKinds(target).filter((kind) => kinds?.has(kind) !== false);
  const at = options.now?.() ?? new Date().toISOString();
  const { detection: _no, ...manner } = order.manner;
  const { endsAt: _never, ...timeless } = order;
  const unresolved = new Map<string, Failure>();
  const looker = createLooker({ ...timeless, manner }, { ...options, unresolved, kindsOf });
  const planned = await planControls(controls, kindsOf, unresolved, looker.lookUp);
  if (planned.length === 0) return undefined;
  const looks: ControlLook[] = [];
  const { stopped } = await workThrough({
    items: planned,
    laneOf: ({ target }) => laneOf(target),
    atOnce,
    signal: options.signal,
    work: async ({ control, target }) => {
      const observations = await inTurn(options, target.address, () => looker.look(target));
      looks.push({ control, target, observations });
    },
  });
  if (stopped) options.signal.throwIfAborted();
  return { at, looks, costs: looker.costs(), resolverCosts: looker.resolverCosts() };
}

/** How often a worker waits for its turn at a control, half a minute each time (see HoldKeeper). */
const mostWaits = 60;

/**
 * Has the address to itself while it looks: all workers of a zone read the same controls, often at once, and what waits for another
 * in the middle of a look is not read.
 */
async function inTurn<T>(
  { holds, signal }: Pick<ControlLookOptions, 'holds' | 'signal'>,
  address: string | undefined,
  look: () => Promise<T>,
): Promise<T> {
  if (holds === undefined || address === undefined) return look();
  for (let waits = 0; waits < mostWaits; waits += 1) {
    let use: HoldUse;
    try {
      use = await holds.enter(address, signal);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      continue;
    }
    try {
      return await look();
    } finally {
      use.leave();
    }
  }
  return look();
}

type Planned = { readonly control: string; readonly target: Target };

/** The targets of controls; names that are not pinned to addresses are looked up, and why one has none is noted. */
async function planControls(
  controls: readonly Control[],
  kindsOf: (target: Target) => readonly Kind[],
  unresolved: Map<string, Failure>,
  lookUp: Looker['lookUp'],
): Promise<readonly Planned[]> {
  const limit = pLimit(16);
  const wanted = controls.filter((control) => controlTargets(control, []).some((one) => kindsOf(one).length > 0));
  const planned = await Promise.all(
    wanted.map((control) =>
      limit(async () => {
        const { endpoint } = control;
        const isName = endpoint.kind === 'domain' || endpoint.kind === 'mail';
        const pinned = isName ? [] : knownAddresses(endpoint);
        const resolution =
          pinned === undefined ? await lookUp(hostOf(endpoint)) : { ok: true as const, addresses: pinned };
        const targets = controlTargets(control, resolution.ok ? resolution.addresses : []);
        if (!resolution.ok) for (const target of targets) unresolved.set(target.key, resolution.failure);
        return targets
          .filter((target) => kindsOf(target).length > 0)
          .map((target) => ({ control: control.id, target }));
      }),
    ),
  );
  return planned.flat();
}

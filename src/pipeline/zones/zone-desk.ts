import { Refusal } from '../../engine/zones/protocol.ts';
import { isPublic, parseAddress } from '../../inventory/address.ts';
import { bare } from '../../inventory/cut.ts';
import { controlsIn } from '../../inventory/controls.ts';
import type { ControlRound } from '../../model/control.ts';
import type { Delivered, Desk, Lane, Lease, LookResult } from '../../model/desk.ts';
import type { Iso, Observation } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import { isAhead, soberClock } from '../sober-clock.ts';
import { checkRound } from '../told-round.ts';
import { observationsOf, unlooked } from './agent-results.ts';
import { cutToZone, isPinned, placeOf, type ZonePart } from './zone-part.ts';

export type ZoneDeskOptions = {
  readonly zone: string;
  readonly now: () => Iso;
  /** Observations claimed to be of the future. */
  readonly clockAhead?: (run: string, count: number) => Promise<void>;
};

/** Rights to addresses that one session may have at a time. */
const mostHolds = 512;

/**
 * A desk as an agent of one zone may have it: runs of its zone alone, the inventory cut down to its part, targets without what only
 * judging needs, results held against the schema of each kind. What is not to be told to it is answered here: not permitted.
 */
export function zoneDesk(desk: Desk, options: ZoneDeskOptions): Desk {
  const { zone, now } = options;
  const parts = new Map<string, Promise<ZonePart>>();
  const held = new Set<string>();

  async function partOf(run: string, bound?: string): Promise<ZonePart> {
    const known = await parts.get(run);
    if (known !== undefined && (bound === undefined || known.order.bound === bound)) return known;
    const part = desk.order(run).then((order) => cutToZone(order, zone));
    parts.set(run, part);
    part.catch(() => parts.delete(run));
    return part;
  }

  const untold = `not of zone ${zone}, so its agent was not told of it`;
  const notPermitted = (target: Target, why: string): LookResult => unlooked(target, zone, now(), why);

  /** Why nobody may go to a target's address, whatever the hour: a name may lead anywhere. */
  function uncovered({ ask, permit }: ZonePart, { name, address, port = 443 }: Target): string | undefined {
    if (address === undefined) return undefined;
    const { prohibition, claims } = ask(address, name);
    if (prohibition === undefined && claims.covering.length > 0) return undefined;
    const permission = permit({ address, port, zone, at: now(), ...(name === undefined ? {} : { name }) });
    return `${address}: ${permission.allowed ? 'no-authorisation' : permission.reason}`;
  }

  async function laneFor(lane: Lane): Promise<Lane | undefined> {
    const part = await partOf(lane.lease.run, lane.bound);
    const own: Target[] = [];
    const others: LookResult[] = [];
    for (const target of lane.targets) {
      const why = part.places.has(placeOf(target, zone)) ? uncovered(part, target) : untold;
      if (why === undefined) own.push(target);
      else others.push(notPermitted(target, why));
    }
    if (others.length > 0) await desk.deliver(lane.lease, others);
    if (own.length === 0) {
      await desk.finish(lane.lease);
      return undefined;
    }
    const unresolved = Object.fromEntries(
      own.flatMap(({ key }) => {
        const why = lane.unresolved[key];
        return why === undefined ? [] : [[key, why]];
      }),
    );
    const { bound } = lane;
    const plain = own.map((target) => plainTarget(target, zone));
    return { lease: lane.lease, targets: plain, unresolved, ...(bound === undefined ? {} : { bound }) };
  }

  async function deliver(lease: Lease, results: readonly LookResult[]): Promise<readonly Delivered[]> {
    await partOf(lease.run);
    const at = now();
    const checked = results.map((result) => ({ ...result, observations: observationsOf(result, zone) }));
    const ahead = checked.flatMap(({ observations }) => observations).filter((one) => isAhead(one.at, at)).length;
    const sober = checked.map((one) => ({ ...one, observations: soberClock(one.observations, at) }));
    const delivered = await desk.deliver(lease, sober);
    if (ahead > 0 && delivered.includes('kept')) await options.clockAhead?.(lease.run, ahead);
    return delivered;
  }

  async function keepControls(run: string, told: ControlRound): Promise<Delivered> {
    const { order } = await partOf(run);
    const checked = checkRound(told, { controls: controlsIn(order.inventory, zone), zone });
    if ('fault' in checked) throw new Refusal('shape', checked.fault);
    const at = now();
    const sober = (observations: readonly Observation[]) => soberClock(observations, at);
    const looks = checked.round.looks.map((look) => ({ ...look, observations: sober(look.observations) }));
    return desk.controls(run, { ...checked.round, looks });
  }

  /** Runs are named by the agent: of another zone's none is touched, or told about. */
  async function ofZone(leases: readonly Lease[]): Promise<readonly Lease[]> {
    const strange = new Set<string>();
    for (const run of new Set(leases.map((lease) => lease.run))) {
      await partOf(run).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        strange.add(run);
      });
    }
    return leases.filter(({ run }) => !strange.has(run));
  }

  async function mayHold(text: string): Promise<boolean> {
    const address = parseAddress(text);
    if (address === undefined || (held.size >= mostHolds && !held.has(text))) return false;
    for (const { order, ask } of await Promise.all(parts.values())) {
      if (ask(address.text, undefined).claims.covering.length > 0) return true;
      // A document by names alone: the name is asked about where the socket opens.
      const loose = order.inventory.authorisations.some(({ scope }) => scope.networks === undefined);
      if (loose && (isPublic(address) || isPinned(order.inventory, address.text))) return true;
    }
    return false;
  }

  return {
    hello: (about) => desk.hello(about),
    take: async (atMost) => {
      const lanes = await Promise.all((await desk.take(atMost)).map(laneFor));
      return lanes.filter((lane) => lane !== undefined);
    },
    order: async (run) => (await partOf(run)).order,
    touch: async (leases) => {
      const own = await ofZone(leases);
      const { lost, now: position } = await desk.touch(own);
      const strange = leases.filter((one) => !own.includes(one)).map(({ job }) => job);
      return { lost: [...lost, ...strange], now: position };
    },
    locate: async (lease, { name, addresses }) => {
      await partOf(lease.run);
      const plain = addresses.flatMap((text) => parseAddress(text)?.text ?? []);
      if (plain.length < addresses.length) throw new Refusal('shape', 'not an address');
      return desk.locate(lease, { name, addresses: [...new Set(plain)] });
    },
    deliver,
    costs: async (run, told) => {
      await partOf(run);
      await desk.costs(run, told);
    },
    controls: keepControls,
    finish: async (lease) => {
      await partOf(lease.run);
      await desk.finish(lease);
    },
    giveBack: async (lease) => {
      await partOf(lease.run);
      await desk.giveBack(lease);
    },
    holds: {
      take: async (address) => {
        if (!(await mayHold(address))) return undefined;
        const hold = await desk.holds.take(address);
        if (hold !== undefined) held.add(address);
        return hold;
      },
      renew: (hold) => desk.holds.renew(hold),
      release: (hold) => {
        held.delete(hold.address);
        return desk.holds.release(hold);
      },
    },
    close: () => desk.close(),
  };
}

/** Without what only judging needs. */
function plainTarget({ packages: _, ...target }: Target, zone: string): Target {
  return { ...target, endpoint: bare(target.endpoint, zone) };
}

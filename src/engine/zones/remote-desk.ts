import { setTimeout as sleep } from 'node:timers/promises';
import { DeskAway, type Desk, type Lane, type Lease, type LookOrder, type WorkerAbout } from '../../model/desk.ts';
import type { Centre } from './centre.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { Refusal, type Answers, type Asks, type CallName } from './protocol.ts';
import { remoteHolds } from './remote-holds.ts';

export type RemoteDeskOptions = {
  readonly centre: Centre;
  readonly outbox: Outbox;
  /** Lanes fetched beyond those asked for: what there is to do in a cut. */
  readonly ahead: number;
  /** Where the controls of an order stand. In a cut the agent may go there too: they are our own servers. */
  readonly controlAddresses?: (order: LookOrder) => readonly string[];
};

export type RemoteDeskEvents = {
  /** Results that another machine's made needless, or that the centre will not have. */
  readonly notKept?: (entry: OutboxEntry, why: 'fenced' | 'refused', detail: string) => void;
  readonly delivered?: (waiting: number) => void;
  /** The centre runs another version; protocol alone must agree. */
  readonly otherVersion?: (version: string) => void;
};

/**
 * A desk at the other end of a wire that may be cut. Results lie on the disk before they are sent and until the centre has them;
 * what was handed out is worked on through a cut; and before more is asked for, everything is delivered.
 */
export function createRemoteDesk(
  { centre, outbox, ahead, controlAddresses = () => [] }: RemoteDeskOptions,
  events: RemoteDeskEvents = {},
): Desk & { readonly waiting: () => number } {
  const ended = new AbortController();
  const orders = new Map<string, LookOrder>();
  const inHand = new Map<string, Lane>();
  let fetched: Lane[] = [];
  let about: WorkerAbout | undefined;
  let greeted = '';
  let draining: Promise<void> | undefined;
  /** Nobody else works for the zone, as far as the centre told last. */
  let alone = false;

  async function hello(who: WorkerAbout): Promise<Answers['hello']> {
    const answer = await centre.call('hello', who.session, { about: who });
    if (answer.version !== who.version && greeted !== answer.version) events.otherVersion?.(answer.version);
    greeted = answer.version;
    return answer;
  }

  /** Calls for a session; a centre that was started anew is greeted again. */
  async function call<Name extends CallName>(name: Name, ask: Asks[Name], who = about): Promise<Answers[Name]> {
    if (who === undefined) throw new DeskAway('nobody said hello');
    try {
      return await centre.call(name, who.session, ask);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'session') throw error;
      await hello(who);
      return centre.call(name, who.session, ask);
    }
  }

  /** Whether the centre needed it no more. */
  async function tellOne(entry: OutboxEntry, who: WorkerAbout | undefined): Promise<boolean> {
    if ('round' in entry) {
      const { run, round } = entry;
      return (await call('controls', { run, round }, who)).became === 'fenced';
    }
    if ('told' in entry) {
      await call('costs', { run: entry.run, told: entry.told }, who);
      return false;
    }
    const { lease, results } = entry;
    if (results !== undefined) return (await call('deliver', { lease, results }, who)).delivered.includes('fenced');
    await call('finish', { lease }, who);
    return false;
  }

  async function tell(entry: OutboxEntry): Promise<void> {
    const who = entry.session === about?.session ? about : (outbox.about(entry.session) ?? about);
    try {
      if (await tellOne(entry, who)) events.notKept?.(entry, 'fenced', '');
      outbox.acknowledged(entry.seq);
    } catch (error) {
      if (!(error instanceof Refusal) || (error.code !== 'shape' && error.code !== 'too-large')) throw error;
      outbox.refused(entry.seq, error.message);
      events.notKept?.(entry, 'refused', error.message);
    }
  }

  function drain(): Promise<void> {
    draining ??= (async () => {
      for (let entry = outbox.first(); entry !== undefined; entry = outbox.first()) {
        await tell(entry);
        events.delivered?.(outbox.count());
      }
    })().finally(() => (draining = undefined));
    return draining;
  }

  /** Tells on its own what waits, as soon as anybody listens again. */
  async function keepTelling(): Promise<void> {
    while (!ended.signal.aborted) {
      if (about !== undefined && outbox.count() > 0) await drain().catch(() => undefined);
      await sleep(outbox.count() > 0 ? 500 : 100, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  }
  void keepTelling();

  async function orderOf(run: string): Promise<LookOrder> {
    let order = orders.get(run);
    if (order === undefined) {
      order = (await call('order', { run })).order;
      orders.set(run, order);
    }
    return order;
  }

  async function fetchMore(count: number): Promise<void> {
    await drain();
    const { lanes } = await call('take', { atMost: Math.min(1000, count) });
    fetched.push(...lanes);
    // In a cut nobody could tell how to look at them.
    for (const { lease, bound } of lanes) {
      const known = orders.get(lease.run);
      if (known !== undefined && known.bound !== bound) orders.delete(lease.run);
      await orderOf(lease.run);
    }
  }

  function handOut(count: number): readonly Lane[] {
    const given = fetched.slice(0, count);
    fetched = fetched.slice(count);
    for (const lane of given) inHand.set(lane.lease.job, lane);
    return given;
  }

  async function giveAllBack(): Promise<void> {
    const back = fetched;
    fetched = [];
    for (const { lease } of back) await call('give-back', { lease }).catch(() => undefined);
  }

  const isInHand = (address: string): boolean =>
    [...inHand.values()].some(({ targets }) => targets.some((target) => target.address === address)) ||
    [...orders.values()].some((order) => controlAddresses(order).includes(address));

  return {
    hello: async (who) => {
      if (about?.session !== who.session) outbox.begin(who);
      about = who;
      const { now } = await hello(who);
      return { now };
    },
    take: async (atMost) => {
      if (fetched.length < atMost) {
        try {
          await fetchMore(atMost + ahead - fetched.length);
        } catch (error) {
          if (!(error instanceof DeskAway) || fetched.length === 0) throw error;
        }
      }
      return handOut(atMost);
    },
    order: orderOf,
    touch: async (leases) => {
      const mine = [...leases, ...fetched.map(({ lease }) => lease), ...outbox.leases()];
      const once = [...new Map(mine.map((lease) => [`${lease.job} ${lease.attempt}`, lease])).values()];
      const { others, ...answer } = await call('touch', { leases: once.slice(0, 2000) });
      alone = !others;
      const lost = new Set(answer.lost);
      fetched = fetched.filter(({ lease }) => !lost.has(lease.job));
      if (answer.now !== 'on') await giveAllBack();
      return answer;
    },
    // Who hands lanes out must know before anybody may go there: in a cut a name waits.
    locate: async (lease, located) => {
      const { became } = await call('locate', { lease, located });
      inHand.delete(lease.job);
      return became;
    },
    deliver: (lease, results) => {
      if (about === undefined) return Promise.reject(new DeskAway('nobody said hello'));
      outbox.add({ session: about.session, lease, results });
      return Promise.resolve(results.map(() => 'kept'));
    },
    costs: (run, told) => {
      if (about === undefined) return Promise.reject(new DeskAway('nobody said hello'));
      outbox.add({ session: about.session, run, told });
      return Promise.resolve();
    },
    controls: (run, round) => {
      if (about === undefined) return Promise.reject(new DeskAway('nobody said hello'));
      outbox.add({ session: about.session, run, round });
      return Promise.resolve('kept');
    },
    finish: (lease) => {
      inHand.delete(lease.job);
      if (about === undefined) return Promise.reject(new DeskAway('nobody said hello'));
      outbox.add({ session: about.session, lease });
      return Promise.resolve();
    },
    giveBack: async (lease: Lease) => {
      inHand.delete(lease.job);
      // Not heard: the lease ends by itself.
      await call('give-back', { lease }).catch(() => undefined);
    },
    holds: remoteHolds({ call, isOurs: (address) => alone && isInHand(address) }),
    waiting: () => outbox.count(),
    close: async () => {
      await drain().catch(() => undefined);
      ended.abort();
      await giveAllBack();
      if (about !== undefined) await call('bye', {}).catch(() => undefined);
      await centre.close();
    },
  };
}

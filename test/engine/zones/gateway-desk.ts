import type { Control } from '../../../src/model/inventory/control.ts';
import { DeskAway, type Desk, type Lane, type LookOrder } from '../../../src/model/desk.ts';
import { inventory } from '../../inventory/make.ts';

/** A store behind the gateway: what it was asked, and how it is. */
export type StoreAsked = {
  /** `workers`: zones in which somebody works for the store itself. */
  readonly store: { away: boolean; workers: readonly string[] };
  /** Zone, call, figures. */
  readonly heard: string[];
  /** How often each result was handed in, by target; a desk keeps the first. */
  readonly kept: Map<string, number>;
};

export const lease = { run: 'r', lane: '10.0.0.1', job: 'j-1', attempt: 0 };

/** An order whose zone has a control; `order` of run `r` is a bug of the store's. */
const orderOf = (run: string): LookOrder => ({
  run,
  zone: 'tslcd',
  manner: {
    engine: 'connect',
    portList: { name: 'declared', ports: '' },
    udp: false,
    extraRoots: [],
    resolvers: [],
    dnsAnchors: '',
    dnsPort: 53,
  },
  inventory: { ...inventory({}), zones: [{ id: 'tslcd', name: 'TSLCD', controls: [control] }] },
  reference: {},
});
const control: Control = { id: 'tot', expects: 'good', endpoint: { kind: 'web', url: 'https://10.9.0.5/' } };

/** Work for one zone; the store's own desk is tried in test/e2e/zone-agents.test.ts. */
export function deskOf(zone: string, { store, heard, kept }: StoreAsked): Desk {
  const lanes: Lane[] = [{ lease, targets: [], unresolved: {} }];
  const note = (what: string) => {
    if (store.away) throw new DeskAway('postgres://secret-of-the-store is down');
    heard.push(`${zone} ${what}`);
  };
  return {
    hello: () => Promise.resolve({ now: '2026-11-26T03:00:00.000Z' }).then((now) => (note('hello'), now)),
    take: (atMost) =>
      Promise.resolve().then(() => (note(`take ${atMost}`), zone === 'tslcd' ? lanes.splice(0, atMost) : [])),
    order: (run) =>
      run === 'r' ? Promise.reject(new Error('select * from inventory_of_internet')) : Promise.resolve(orderOf(run)),
    touch: (leases) => Promise.resolve().then(() => (note(`touch ${leases.length}`), { lost: [], now: 'on' as const })),
    locate: (_lease, { name, addresses }) =>
      Promise.resolve().then(() => (note(`locate ${name} ${addresses.join()}`), 'kept' as const)),
    deliver: (_lease, results) =>
      Promise.resolve().then(() => {
        note('deliver');
        return results.map(({ target }) => {
          const times = (kept.get(target) ?? 0) + 1;
          kept.set(target, times);
          return times === 1 ? ('kept' as const) : ('had' as const);
        });
      }),
    costs: (run, { costs }) =>
      Promise.resolve().then(() => {
        note(`costs ${run} ${costs.length}`);
      }),
    controls: (run, round) =>
      Promise.resolve().then(() => {
        note(`controls ${run} ${round.at}`);
        const times = (kept.get(round.at) ?? 0) + 1;
        kept.set(round.at, times);
        return times === 1 ? ('kept' as const) : ('had' as const);
      }),
    finish: () =>
      Promise.resolve().then(() => {
        note('finish');
      }),
    giveBack: () =>
      Promise.resolve().then(() => {
        note('give-back');
      }),
    holds: {
      take: (address) => Promise.resolve().then(() => (note('hold'), { address, fence: 7, forMs: 20_000 })),
      renew: (hold) => Promise.resolve(hold),
      release: () => Promise.resolve(),
    },
    close: () => Promise.resolve(),
  };
}

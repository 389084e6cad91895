import { describe, expect, it } from 'vitest';
import type { Desk, Lease, LookOrder } from '../../src/model/desk.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Target } from '../../src/model/target.ts';
import { refuseOtherKinds } from '../../src/pipeline/zones/agent-results.ts';
import { zoneDesk } from '../../src/pipeline/zones/zone-desk.ts';
import { authorisation, inventory, system } from '../inventory/make.ts';

const leaseOf = (run: string): Lease => ({ run, lane: '10.9.0.1', job: `job-${run}`, attempt: 0 });

describe('the desk of an agent', () => {
  it('neither touches nor tells costs of a run of another zone, whatever the agent names', async () => {
    const touched: (readonly Lease[])[] = [];
    const told: string[] = [];
    const order = (run: string): LookOrder =>
      ({
        run,
        zone: run === 'own' ? 'tslcd' : 'internet',
        inventory: inventory({}),
        manner: {},
        reference: {},
      }) as never;
    const store: Pick<Desk, 'order' | 'touch' | 'costs'> = {
      order: (run) => Promise.resolve(order(run)),
      touch: (leases) => {
        touched.push(leases);
        return Promise.resolve({ lost: [], now: 'on' });
      },
      costs: (run) => {
        told.push(run);
        return Promise.resolve();
      },
    };
    const desk = zoneDesk(store as Desk, { zone: 'tslcd', now: () => '2026-11-26T00:00:00.000Z' });
    const [own, strange] = [leaseOf('own'), leaseOf('strange')];
    expect(await desk.touch([own, strange])).toEqual({ lost: [strange.job], now: 'on' });
    expect(touched).toEqual([[own]]);
    await desk.costs('own', { costs: [], resolverCosts: [] });
    await expect(desk.costs('strange', { costs: [], resolverCosts: [] })).rejects.toThrow('another zone');
    expect(told).toEqual(['own']);
  });

  it('is bound by an inventory given since: told of the places of its zone alone, and anew when another is given', async () => {
    const host = (of: string, zones: string[]) => ({ kind: 'host' as const, host: of, zones });
    const authorisations = [authorisation('vb', { zones: ['tslcd', 'internet'], scope: { networks: ['10.0.0.0/8'] } })];
    const own = inventory({ systems: [system('s', [host('10.9.0.1', ['tslcd'])])], authorisations });
    const later = inventory({ systems: [system('khac', [host('10.1.0.1', ['internet'])])], authorisations });
    let bound: string | undefined;
    let asked = 0;
    const store: Pick<Desk, 'order' | 'take'> = {
      order: (run) => {
        asked += 1;
        const also = bound === undefined ? {} : { alsoBy: later, bound };
        return Promise.resolve({ run, zone: 'tslcd', inventory: own, ...also, manner: {}, reference: {} } as never);
      },
      take: () => {
        const endpoint = own.systems[0]?.endpoints[0];
        const target = { key: '10.9.0.1', kind: 'host', system: 's', endpoint };
        const also = bound === undefined ? {} : { bound };
        return Promise.resolve([{ lease: leaseOf('own'), targets: [target], unresolved: {}, ...also }] as never);
      },
    };
    const desk = zoneDesk(store as Desk, { zone: 'tslcd', now: () => '2026-11-26T00:00:00.000Z' });
    expect((await desk.take(1)).map((lane) => lane.bound)).toEqual([undefined]);
    expect((await desk.order('own')).alsoBy).toBeUndefined();
    for (const hash of ['a', 'b', 'b']) {
      bound = hash;
      expect((await desk.take(1)).map((lane) => lane.bound)).toEqual([hash]);
    }
    const order = await desk.order('own');
    expect([order.bound, asked]).toEqual(['b', 3]);
    expect(JSON.stringify(order.alsoBy)).not.toContain('10.1.0.1');
    // Its documents are held against the places that the run was planned with.
    expect(order.alsoBy?.systems.flatMap(({ endpoints }) => endpoints)).toHaveLength(1);
    expect(order.alsoBy?.authorisations.length).toBeGreaterThan(0);
  });

  it('takes a whole look at a target and nothing beside: by each of its kinds, and by no other', () => {
    const endpoint = { kind: 'domain', domain: 'tinh.example' } as const;
    const target: Target = { key: 'tinh.example [dns]', kind: 'domain', system: 's', endpoint, name: 'tinh.example' };
    const by = (...kinds: Observation['kind'][]) => kinds.map((kind) => ({ kind }) as Observation);
    expect(() => {
      refuseOtherKinds(target, by('dns'));
    }).not.toThrow();
    for (const other of [by(), by('dns', 'tls'), by('tls')])
      expect(() => {
        refuseOtherKinds(target, other);
      }).toThrow('looked at by');
  });
});

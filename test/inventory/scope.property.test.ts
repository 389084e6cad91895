import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPermit } from '../../src/inventory/scope.ts';
import type { Authorisation } from '../../src/model/inventory/authorisation.ts';
import type { Dial } from '../../src/model/permission.ts';
import { authorisation, inventory, system } from './make.ts';

// A world small enough that authorisations, exclusions and dials keep meeting: 8.8.0.0/28, three names, few days.
const byte = fc.integer({ min: 0, max: 15 });
const address = byte.map((last) => `8.8.0.${last}`);
const network = fc.tuple(byte, fc.integer({ min: 28, max: 32 })).map(([last, prefix]) => {
  const size = 2 ** (32 - prefix);
  return { text: `8.8.0.${Math.floor(last / size) * size}/${prefix}`, from: Math.floor(last / size) * size, size };
});
const domain = fc.constantFrom('a.test', 'b.a.test', 'c.test');
const name = fc.constantFrom('a.test', 'b.a.test', 'x.b.a.test', 'c.test', 'xa.test', 'test');
const day = fc.integer({ min: 1, max: 9 }).map((number) => `2026-06-0${number}`);
const zone = fc.constantFrom('internet', 'tslcd');
const port = fc.integer({ min: 1, max: 6 });
const clock = fc.constantFrom('00:00', '05:00', '12:00', '22:00');

const dials = fc.record({
  address,
  port,
  zone,
  at: fc
    .tuple(day, fc.integer({ min: 0, max: 23 }))
    .map(([date, hour]) => `${date}T${String(hour).padStart(2, '0')}:30:00Z`),
  name: fc.option(name, { nil: undefined }),
});
const documents = fc.record({
  networks: fc.option(fc.array(network, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  domains: fc.option(fc.array(domain, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  ports: fc.option(fc.tuple(port, port), { nil: undefined }),
  zones: fc.array(zone, { minLength: 1, maxLength: 2 }),
  days: fc.tuple(day, day),
  hours: fc.option(
    fc.tuple(clock, clock).filter(([from, to]) => from !== to),
    { nil: undefined },
  ),
  blackout: fc.option(fc.tuple(day, day), { nil: undefined }),
});
type Document = typeof documents extends fc.Arbitrary<infer D> ? D : never;

function authorise(document: Document, index: number): Authorisation {
  const [from, until] = document.days.toSorted() as [string, string];
  return authorisation(`vb-${index}`, {
    scope: {
      ...(document.networks === undefined ? {} : { networks: document.networks.map(({ text }) => text) }),
      ...(document.domains === undefined ? {} : { domains: document.domains }),
      ...(document.ports === undefined ? {} : { ports: document.ports.toSorted().join('-') }),
    },
    zones: document.zones,
    from,
    until,
    ...(document.hours === undefined ? {} : { hours: [{ from: document.hours[0], to: document.hours[1] }] }),
    ...(document.blackout === undefined
      ? {}
      : {
          blackouts: [
            { from: document.blackout.toSorted()[0] ?? '', until: document.blackout.toSorted()[1] ?? '', reason: 'x' },
          ],
        }),
  });
}

const toDial = ({ name: wanted, ...rest }: { name: string | undefined } & Omit<Dial, 'name'>): Dial =>
  wanted === undefined ? rest : { ...rest, name: wanted };
const below = (one: string, parent: string) => one === parent || one.endsWith(`.${parent}`);
const lastByte = (text: string) => Number(text.split('.')[3]);
const inNetworks = (text: string, networks: Document['networks']) =>
  (networks ?? []).some(({ from, size }) => lastByte(text) >= from && lastByte(text) < from + size);

/** Another reading of the rules, written without looking at the code: local strings compared as they are written. */
function permits(document: Document, dial: Dial): boolean {
  const covered =
    inNetworks(dial.address, document.networks) ||
    (document.networks === undefined &&
      (document.domains ?? []).some((one) => dial.name !== undefined && below(dial.name, one)));
  const local = new Date(Date.parse(dial.at) + 7 * 3_600_000).toISOString();
  const [date, time] = [local.slice(0, 10), local.slice(11, 16)];
  const within = ([a, b]: readonly [string, string]) => date >= (a < b ? a : b) && date <= (a < b ? b : a);
  const [start, end] = document.hours ?? ['00:00', '24:00'];
  const inHours = start < end ? time >= start && time < end : time >= start || time < end;
  const [low, high] = (document.ports ?? [1, 65_535]).toSorted((a, b) => a - b) as [number, number];
  return (
    covered &&
    document.zones.some((one) => one === dial.zone) &&
    within(document.days) &&
    !(document.blackout !== undefined && within(document.blackout)) &&
    inHours &&
    dial.port >= low &&
    dial.port <= high
  );
}

describe('whatever the inventory and the dial', () => {
  test('permitted means that some document covers it by place, zone, port and time; and the other way round', () => {
    let permitted = 0;
    fc.assert(
      fc.property(
        fc.array(documents, { maxLength: 4 }),
        fc.array(dials, { minLength: 1, maxLength: 20 }),
        (wishes, tries) => {
          const permit = createPermit(inventory({ authorisations: wishes.map(authorise) }));
          for (const wish of tries) {
            const dial = toDial(wish);
            const permission = permit(dial);
            expect(permission.allowed).toBe(wishes.some((document) => permits(document, dial)));
            if (!permission.allowed) continue;
            permitted += 1;
            const named = wishes[Number(permission.authorisation.slice(3))];
            expect(named !== undefined && permits(named, dial)).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
    // The property would hold emptily if nothing were ever permitted.
    expect(permitted).toBeGreaterThan(100);
  });

  test('what is excluded is never permitted', () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 4 }), network, domain, dials, (wishes, excluded, unnamed, wish) => {
        const dial = toDial(wish);
        const exclusions = [{ networks: [excluded.text], domains: [unnamed], reason: 'x' }];
        const systems = [
          system('qs', [{ kind: 'host', host: 'c.test', addresses: ['8.8.0.3'] }], { excluded: 'quan-su' }),
        ];
        const permission = createPermit(inventory({ authorisations: wishes.map(authorise), exclusions, systems }))(
          dial,
        );
        const out =
          inNetworks(dial.address, [excluded]) ||
          dial.address === '8.8.0.3' ||
          (dial.name !== undefined && (below(dial.name, unnamed) || below(dial.name, 'c.test')));
        if (out) expect(permission.allowed).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('an IPv4 address written as IPv6 is the same address', () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 4 }), network, dials, (wishes, excluded, wish) => {
        const dial = toDial(wish);
        const permit = createPermit(
          inventory({
            authorisations: wishes.map(authorise),
            exclusions: [{ networks: [excluded.text], reason: 'x' }],
          }),
        );
        const hex = `::ffff:808:${lastByte(dial.address).toString(16)}`;
        expect(permit({ ...dial, address: `::ffff:${dial.address}` })).toEqual(permit(dial));
        expect(permit({ ...dial, address: hex })).toEqual(permit(dial));
      }),
    );
  });

  test('words that are no addresses and names that are no names never pass', () => {
    const open = authorisation('vb', { scope: { networks: ['0.0.0.0/0', '::/0'] } });
    const permit = createPermit(inventory({ authorisations: [open] }));
    const base = { port: 443, zone: 'internet', at: '2026-06-05T05:00:00Z' };
    fc.assert(
      fc.property(fc.string(), (word) => {
        fc.pre(!/^[\d.]+$|:/.test(word));
        expect(permit({ ...base, address: word }).allowed).toBe(false);
        expect(permit({ ...base, address: '8.8.0.1', name: `${word} ` }).allowed).toBe(false);
      }),
    );
  });
});

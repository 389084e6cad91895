import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSystemBlackouts } from '../../src/inventory/blackouts.ts';
import { describeScope } from '../../src/inventory/describe-scope.ts';
import { provinceTime } from '../../src/inventory/province-time.ts';
import { createPermit } from '../../src/inventory/scope.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Blackout } from '../../src/model/inventory/blackout.ts';
import type { Authorisation } from '../../src/model/inventory/authorisation.ts';
import { authorisation, inventory, system } from './make.ts';

const byNetwork = (wish: Partial<Authorisation> = {}) =>
  authorisation('vb', { scope: { networks: ['8.8.0.0/24'] }, zones: ['internet', 'tslcd'], ...wish });
const web = (host: string, address: string) => [
  { kind: 'web' as const, url: `https://${host}/`, addresses: [address] },
];
const systems = [
  system('thi', web('thi.test', '8.8.0.1'), { owner: 'gd', operator: 'vh' }),
  system('chung', web('chung.test', '8.8.0.1'), { owner: 'x', operator: 'x' }),
  system('khac', web('khac.test', '8.8.0.2'), { owner: 'x', operator: 'x' }),
];
const election: Blackout = { from: '2026-06-14', until: '2026-06-15', reason: 'Bầu cử' };
const withBlackouts = (blackouts: readonly Blackout[], authorisations = [byNetwork()]): Inventory => ({
  ...inventory({ authorisations, systems }),
  blackouts: [...blackouts],
});
const ask = (
  blackouts: readonly Blackout[],
  at: string,
  wish: { name?: string; address?: string; zone?: string } = {},
) => createPermit(withBlackouts(blackouts))({ address: '8.8.0.2', port: 443, zone: 'internet', at, ...wish });

describe('a blackout of the inventory', () => {
  test.each([
    ['its first second', '2026-06-13T17:00:00Z', false],
    ['its last second', '2026-06-15T16:59:59Z', false],
    ['the second before', '2026-06-13T16:59:59Z', true],
    ['the second after', '2026-06-15T17:00:00Z', true],
  ])('wins over a document that permits: %s', (_, at, allowed) => {
    expect(ask([election], at).allowed).toBe(allowed);
  });

  test('says which days and why', () => {
    expect(ask([election], '2026-06-14T05:00:00Z')).toEqual({
      allowed: false,
      reason: 'blackout: 2026-06-14 to 2026-06-15, Bầu cử',
    });
  });

  test('explains nothing that no document would permit', () => {
    const at = '2026-06-14T05:00:00Z';
    expect(ask([election], at, { address: '8.8.9.9' })).toEqual({ allowed: false, reason: 'no-authorisation' });
    const permit = createPermit(withBlackouts([election], [byNetwork({ until: '2026-03-01' })]));
    expect(permit({ address: '8.8.0.2', port: 443, zone: 'internet', at })).toMatchObject({
      reason: 'expired: vb until 2026-03-01',
    });
  });

  test('holds from the zones that it names', () => {
    const at = '2026-06-14T05:00:00Z';
    const one = { ...election, zones: ['tslcd'] };
    expect([ask([one], at).allowed, ask([one], at, { zone: 'tslcd' }).allowed]).toEqual([true, false]);
  });

  test.each([
    ['owner', { organisations: ['gd'] }],
    ['operator', { organisations: ['vh'] }],
    ['id', { systems: ['thi'] }],
  ])('holds for systems by their %s, by name and by address, and for who shares the machine', (_, whose) => {
    const at = '2026-06-14T05:00:00Z';
    const may = (address: string, name?: string) =>
      ask([{ ...election, ...whose }], at, { address, ...(name === undefined ? {} : { name }) }).allowed;
    expect(may('8.8.0.1', 'thi.test')).toBe(false);
    expect(may('8.8.0.1', 'chung.test')).toBe(false);
    // Its name leads elsewhere today.
    expect(may('8.8.0.9', 'thi.test')).toBe(false);
    expect([may('8.8.0.2', 'khac.test'), may('8.8.0.2')]).toEqual([true, true]);
    const time = provinceTime(at);
    const of = createSystemBlackouts(withBlackouts([{ ...election, ...whose }]), 'internet');
    expect(['thi', 'chung', 'khac'].map((id) => (time === undefined ? id : of(id, time)?.reason))).toEqual([
      'Bầu cử',
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['the evening', '2026-06-14T15:00:00Z', false],
    ['the early morning of the same day', '2026-06-13T21:59:00Z', false],
    ['the morning after the last day', '2026-06-15T21:59:00Z', false],
    ['the hours between', '2026-06-14T05:00:00Z', true],
    ['the end, not included', '2026-06-15T22:00:00Z', true],
  ])('with hours that pass midnight holds %s', (_, at, allowed) => {
    const night = { ...election, hours: [{ from: '22:00', to: '05:00' }] };
    expect(ask([night], at).allowed).toBe(allowed);
  });
});

describe('the next opening', () => {
  const day = fc.integer({ min: 1, max: 6 }).map((number) => `2026-06-0${number}`);
  const clock = fc.constantFrom('00:00', '02:30', '05:00', '12:00', '22:00');
  const hours = fc.option(
    fc.tuple(clock, clock).filter(([from, to]) => from !== to),
    { nil: undefined },
  );
  const span = fc.record({ days: fc.tuple(day, day), hours });
  const spanOf = ({ days, hours: between }: { days: [string, string]; hours: [string, string] | undefined }) => {
    const [from = '', until = ''] = days.toSorted();
    return { from, until, ...(between === undefined ? {} : { hours: [{ from: between[0], to: between[1] }] }) };
  };

  test('is the first half hour at which a socket may open, and ends before the first at which none may', () => {
    let found = 0;
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 3 }), day, fc.nat(47), (document, some, from, half) => {
        const place = withBlackouts(
          some.map((one) => ({ ...spanOf(one), reason: 'x' })),
          [byNetwork(spanOf(document))],
        );
        const permit = createPermit(place);
        const asking = { address: '8.8.0.2', port: 443, zone: 'internet' };
        const start = Date.parse(`${from}T00:00:00+07:00`) + half * 1_800_000;
        const instants = Array.from({ length: 48 * 8 }, (_, n) => new Date(start + n * 1_800_000).toISOString());
        const allowed = instants.map((at) => permit({ ...asking, at }).allowed);
        const first = allowed.indexOf(true);
        const { permission, next } = describeScope(place)({ ...asking, at: instants[0] ?? '' });
        expect(permission.allowed).toBe(first === 0);
        if (first === 0) return;
        expect(next?.from).toBe(instants[first]);
        if (next === undefined) return;
        found += 1;
        const inside = instants.filter((at) => at >= next.from && at < next.until);
        expect(inside.every((at) => permit({ ...asking, at }).allowed)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(50);
  });
});

import { describe, expect, test } from 'vitest';
import { describeScope } from '../../src/inventory/describe-scope.ts';
import { createPermit, refusalOf } from '../../src/inventory/scope.ts';
import type { Dial } from '../../src/model/permission.ts';
import { authorisation, inventory, system } from './make.ts';

/** Noon of 2026-06-15 in the province. */
const noon = '2026-06-15T05:00:00Z';
const dial = (wish: Partial<Dial>): Dial => ({
  address: '203.0.113.7',
  port: 443,
  zone: 'internet',
  at: noon,
  ...wish,
});
const byNetwork = (wish: object = {}) => authorisation('vb', { scope: { networks: ['203.0.113.0/24'] }, ...wish });

/** `yes`, or the machine word of the refusal. */
function answer(parts: Parameters<typeof inventory>[0], wish: Partial<Dial>): string {
  const permission = createPermit(inventory(parts))(dial(wish));
  return permission.allowed ? 'yes' : (refusalOf(permission.reason) ?? `?${permission.reason}`);
}

describe('by network', () => {
  test.each([
    ['203.0.113.7', 'yes'],
    ['::ffff:203.0.113.7', 'yes'],
    ['::ffff:cb00:7107', 'yes'],
    ['203.0.114.7', 'no-authorisation'],
    ['::203.0.113.7', 'no-authorisation'],
    ['0203.0.113.7', 'no-authorisation'],
    ['203.0.113.7%eth0', 'no-authorisation'],
    ['portal.example', 'no-authorisation'],
    ['', 'no-authorisation'],
  ])('%s: %s', (address, expected) => {
    expect(answer({ authorisations: [byNetwork()] }, { address })).toBe(expected);
  });

  test('IPv6 blocks hold on every bit of their prefix', () => {
    const authorisations = [authorisation('vb', { scope: { networks: ['2001:db8:40::/42'] } })];
    expect(answer({ authorisations }, { address: '2001:db8:7f::1' })).toBe('yes');
    expect(answer({ authorisations }, { address: '2001:db8:80::1' })).toBe('no-authorisation');
  });

  test('a name that is another address is refused, one that is the same is not', () => {
    expect(answer({ authorisations: [byNetwork()] }, { name: '203.0.113.9' })).toBe('no-authorisation');
    expect(answer({ authorisations: [byNetwork()] }, { name: '203.0.113.7' })).toBe('yes');
    expect(answer({ authorisations: [byNetwork()] }, { name: '[::ffff:203.0.113.7]' })).toBe('yes');
  });

  test('without any authorisation nothing is permitted', () => {
    expect(answer({}, {})).toBe('no-authorisation');
  });
});

describe('by domain', () => {
  // Global addresses that nothing here contacts; documentation ranges do not count as the public Internet.
  const open = '1.1.1.1';
  const domain = authorisation('vb', { scope: { domains: ['lai-chau.example'] } });

  test.each([
    ['lai-chau.example', 'yes'],
    ['portal.lai-chau.example', 'yes'],
    ['PORTAL.Lai-Chau.Example.', 'yes'],
    ['notlai-chau.example', 'no-authorisation'],
    ['lai-chau.example.attacker.test', 'no-authorisation'],
    ['example', 'no-authorisation'],
    ['lai-chau..example', 'no-authorisation'],
    [open, 'no-authorisation'],
    ['1.0.0.1', 'no-authorisation'],
  ])('%s: %s', (name, expected) => {
    expect(answer({ authorisations: [domain] }, { address: open, name })).toBe(expected);
  });

  test('an address alone is not covered', () => {
    expect(answer({ authorisations: [domain] }, { address: open })).toBe('no-authorisation');
  });

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
    '168.63.129.16',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'fec0::1',
  ])('%s may be DNS rebinding', (address) => {
    expect(answer({ authorisations: [domain] }, { address, name: 'a.lai-chau.example' })).toBe('private-address');
  });

  test('a private address is permitted where the inventory pins it to that very name', () => {
    const pinning = system('s', [{ kind: 'host', host: 'a.lai-chau.example', addresses: ['10.0.0.1'] }]);
    const parts = { authorisations: [domain], systems: [pinning] };
    expect(answer(parts, { address: '10.0.0.1', name: 'a.lai-chau.example' })).toBe('yes');
    expect(answer(parts, { address: '::ffff:10.0.0.1', name: 'a.lai-chau.example' })).toBe('yes');
    expect(answer(parts, { address: '10.0.0.1', name: 'b.lai-chau.example' })).toBe('private-address');
    expect(answer(parts, { address: '10.0.0.2', name: 'a.lai-chau.example' })).toBe('private-address');
  });

  test('or where another document lists it by network', () => {
    const authorisations = [domain, authorisation('vb-2', { scope: { networks: ['10.0.0.0/8'] } })];
    expect(answer({ authorisations }, { address: '10.0.0.1', name: 'a.lai-chau.example' })).toBe('yes');
  });

  test('networks in the same document bound its domains', () => {
    const both = authorisation('vb', { scope: { domains: ['lai-chau.example'], networks: ['203.0.113.0/24'] } });
    expect(answer({ authorisations: [both] }, { address: open, name: 'a.lai-chau.example' })).toBe('no-authorisation');
    expect(answer({ authorisations: [both] }, { name: 'a.lai-chau.example' })).toBe('yes');
  });
});

describe('exclusions win', () => {
  const everything = [authorisation('vb', { scope: { networks: ['0.0.0.0/0', '::/0'], domains: ['test'] } })];

  test.each([
    ['its address', { networks: ['203.0.113.7'] }, {}, 'excluded'],
    ['its block', { networks: ['203.0.112.0/20'] }, {}, 'excluded'],
    ['its address as IPv6', { networks: ['203.0.113.7'] }, { address: '::ffff:203.0.113.7' }, 'excluded'],
    ['its address through NAT64', { networks: ['203.0.113.7'] }, { address: '64:ff9b::203.0.113.7' }, 'excluded'],
    ['its address through 6to4', { networks: ['203.0.113.7'] }, { address: '2002:cb00:7107::1' }, 'excluded'],
    ['a block given as mapped IPv6', { networks: ['::ffff:203.0.113.0/120'] }, {}, 'excluded'],
    ['its name', { domains: ['secret.test'] }, { name: 'secret.test' }, 'excluded'],
    ['a name below', { domains: ['secret.test'] }, { name: 'a.b.Secret.Test.' }, 'excluded'],
    ['another name', { domains: ['secret.test'] }, { name: 'notsecret.test' }, 'yes'],
    ['a name that cannot be read', { domains: ['secret.test'] }, { name: 'a b.secret.test' }, 'no-authorisation'],
  ])('%s', (_, exclusion, wish, expected) => {
    expect(answer({ authorisations: everything, exclusions: [{ ...exclusion, reason: 'x' }] }, wish)).toBe(expected);
  });

  const secret = system(
    'qs',
    [
      { kind: 'web', url: 'https://qs.test/', httpUrl: 'http://qs-old.test:8080/', addresses: ['203.0.113.7'] },
      { kind: 'host', host: '203.0.113.9' },
      { kind: 'domain', domain: 'qp.test' },
    ],
    { excluded: 'quan-su' },
  );
  test.each([
    [{}, 'excluded-system'],
    [{ address: '203.0.113.9' }, 'excluded-system'],
    [{ address: '64:ff9b::203.0.113.9' }, 'excluded-system'],
    [{ address: '203.0.113.10', name: 'qs.test' }, 'excluded-system'],
    [{ address: '203.0.113.10', name: 'qs-old.test' }, 'excluded-system'],
    [{ address: '203.0.113.10', name: 'mail.qp.test' }, 'excluded-system'],
    [{ address: '203.0.113.10', name: 'other.test' }, 'yes'],
  ])('an excluded system is out of bounds by name and by address: %j', (wish, expected) => {
    expect(answer({ authorisations: everything, systems: [secret] }, wish)).toBe(expected);
  });

  test('the refusal tells nothing of what the excluded system is reached by', () => {
    const permission = createPermit(inventory({ authorisations: everything, systems: [secret] }))(dial({}));
    expect(permission).toEqual({ allowed: false, reason: 'excluded-system' });
  });

  test('even where another system shares the address', () => {
    const shared = system('s', [{ kind: 'web', url: 'https://s.test/', addresses: ['203.0.113.7'] }]);
    expect(answer({ authorisations: everything, systems: [shared, secret] }, { name: 's.test' })).toBe(
      'excluded-system',
    );
  });

  test('a state-secret system is refused unless a document permits it', () => {
    const endpoints = secret.endpoints;
    const closed = system('m', endpoints, { stateSecret: true });
    const permitted = system('m', endpoints, {
      stateSecret: true,
      stateSecretPermit: { number: '1', date: '2026-01-01' },
    });
    expect(answer({ authorisations: everything, systems: [closed] }, {})).toBe('state-secret');
    expect(answer({ authorisations: everything, systems: [permitted] }, {})).toBe('yes');
    expect(answer({ authorisations: everything, systems: [{ ...permitted, excluded: 'co-yeu' }] }, {})).toBe(
      'excluded-system',
    );
  });
});

describe('port and zone', () => {
  const authorisations = [byNetwork({ scope: { networks: ['203.0.113.0/24'], ports: '22,80,8000-8100' } })];
  test.each([
    [22, 'yes'],
    [80, 'yes'],
    [8000, 'yes'],
    [8100, 'yes'],
    [21, 'port'],
    [443, 'port'],
    [7999, 'port'],
    [8101, 'port'],
    [0, 'port'],
    [65_536, 'port'],
    [80.5, 'port'],
    [Number.NaN, 'port'],
  ])('port %d: %s', (port, expected) => {
    expect(answer({ authorisations }, { port })).toBe(expected);
  });

  test.each([0, -1, 65_536, 1.5, Number.NaN])('no document permits port %d', (port) => {
    expect(answer({ authorisations: [byNetwork()] }, { port })).toBe('port');
  });

  test('only the zones of the document', () => {
    expect(answer({ authorisations: [byNetwork()] }, { zone: 'tslcd' })).toBe('zone');
  });
});

describe("time is the province's", () => {
  test.each([
    ['the last second before', '2025-12-31T16:59:59Z', 'not-yet'],
    ['the first second', '2025-12-31T17:00:00Z', 'yes'],
    ['the last second', '2026-12-31T16:59:59Z', 'yes'],
    ['the first second after', '2026-12-31T17:00:00Z', 'expired'],
    ['no time at all', 'hôm nay', 'no-authorisation'],
  ])('%s', (_, at, expected) => {
    expect(answer({ authorisations: [byNetwork()] }, { at })).toBe(expected);
  });

  const night = byNetwork({ from: '2026-06-10', until: '2026-06-20', hours: [{ from: '22:00', to: '05:00' }] });
  test.each([
    ['21:59', '2026-06-15T14:59:59Z', 'outside-hours'],
    ['22:00', '2026-06-15T15:00:00Z', 'yes'],
    ['midnight', '2026-06-15T17:00:00Z', 'yes'],
    ['04:59', '2026-06-15T21:59:59Z', 'yes'],
    ['05:00', '2026-06-15T22:00:00Z', 'outside-hours'],
    ['03:00 after the last night', '2026-06-20T20:00:00Z', 'expired'],
    ['03:00 of the first day', '2026-06-09T20:00:00Z', 'yes'],
  ])('hours that pass midnight: %s', (_, at, expected) => {
    expect(answer({ authorisations: [night] }, { at })).toBe(expected);
  });

  test.each([
    ['the day before', '2026-06-13T16:59:59Z', 'yes'],
    ['its first second', '2026-06-13T17:00:00Z', 'blackout'],
    ['its last second', '2026-06-16T16:59:59Z', 'blackout'],
    ['the day after', '2026-06-16T17:00:00Z', 'yes'],
  ])('a blackout of 14 to 16 June: %s', (_, at, expected) => {
    const blackouts = [{ from: '2026-06-14', until: '2026-06-16', reason: 'Kỳ thi' }];
    expect(answer({ authorisations: [byNetwork({ blackouts })] }, { at })).toBe(expected);
  });
});

test('what was asked before never answers for something else', () => {
  const permit = createPermit(inventory({ authorisations: [byNetwork()] }));
  const allowed = (address: string, name?: string) =>
    permit(dial({ address, ...(name === undefined ? {} : { name }) })).allowed;
  expect(allowed('203.0.113.7')).toBe(true);
  expect(allowed('203.0.113.7', '')).toBe(false);
  expect(allowed('203.0.113.7 ')).toBe(false);
  // More places than are remembered.
  for (let index = 0; index < 50_001; index += 1) {
    expect(allowed('203.0.113.7', `a${index}.test`)).toBe(true);
  }
  expect(allowed('203.0.113.7')).toBe(true);
  expect(allowed('203.0.114.7')).toBe(false);
});

describe('several documents', () => {
  const slow = byNetwork({ id: 'cham', limits: { connections: 4, perSecond: 1 } });
  const narrow = byNetwork({ id: 'hep', limits: { connections: 1, perSecond: 50 } });

  test('each bounds the dial; the slowest is the one named', () => {
    const permit = createPermit(inventory({ authorisations: [byNetwork(), narrow, slow] }));
    expect(permit(dial({}))).toEqual({
      allowed: true,
      authorisation: 'cham',
      limits: { connections: 1, perSecond: 1 },
    });
  });

  test('one that is closed bounds nothing', () => {
    const closed = { ...slow, until: '2026-01-31' };
    const permit = createPermit(inventory({ authorisations: [closed, byNetwork()] }));
    expect(permit(dial({}))).toEqual({ allowed: true, authorisation: 'vb', limits: { connections: 2, perSecond: 10 } });
  });

  test('a refusal gives the reason of the one that came nearest', () => {
    const blacked = byNetwork({ blackouts: [{ from: '2026-06-15', until: '2026-06-15', reason: 'x' }] });
    expect(
      answer({ authorisations: [byNetwork({ zones: ['tslcd'] }), blacked, byNetwork({ until: '2026-01-31' })] }, {}),
    ).toBe('blackout');
  });
});

describe('a dry run', () => {
  const night = byNetwork({
    hours: [{ from: '22:00', to: '05:00' }],
    blackouts: [{ from: '2026-06-16', until: '2026-06-17', reason: 'x' }],
  });

  test('names the document that covers a place now', () => {
    const coverage = describeScope(inventory({ authorisations: [byNetwork()] }))(dial({}));
    expect(coverage).toMatchObject({ permission: { allowed: true }, authorisation: { id: 'vb' }, unresolved: false });
    expect(coverage.next).toBeUndefined();
  });

  test.each([
    ['this evening', '2026-06-15T05:00:00Z', '2026-06-15T15:00:00.000Z', '2026-06-15T17:00:00.000Z'],
    ['after the blackout', '2026-06-15T17:00:00Z', '2026-06-17T17:00:00.000Z', '2026-06-17T22:00:00.000Z'],
    ['on the first day', '2025-06-15T17:00:00Z', '2025-12-31T17:00:00.000Z', '2025-12-31T22:00:00.000Z'],
  ])('says when it opens next: %s', (_, at, from, until) => {
    const coverage = describeScope(inventory({ authorisations: [night] }))(dial({ at }));
    expect(coverage).toMatchObject({
      permission: { allowed: false },
      authorisation: { id: 'vb' },
      next: { from, until },
    });
  });

  test('of several documents, the one that opens first', () => {
    const later = byNetwork({ id: 'sau', hours: [{ from: '14:00', to: '15:00' }] });
    const sooner = byNetwork({ id: 'truoc', hours: [{ from: '13:00', to: '14:00' }] });
    const coverage = describeScope(inventory({ authorisations: [later, sooner] }))(dial({}));
    expect(coverage).toMatchObject({ authorisation: { id: 'truoc' }, next: { from: '2026-06-15T06:00:00.000Z' } });
  });

  test('says nothing of an opening that will never come', () => {
    const scope = describeScope(inventory({ authorisations: [night] }));
    expect(scope(dial({ at: '2027-06-15T05:00:00Z' })).next).toBeUndefined();
    expect(scope(dial({ zone: 'tslcd' })).next).toBeUndefined();
  });

  test('an unknown address is judged by its name, or must be resolved', () => {
    const free = authorisation('vb', { scope: { domains: ['a.test'] } });
    const bound = authorisation('vb', { scope: { domains: ['a.test'], networks: ['203.0.113.0/24'] } });
    const asking = { port: 443, zone: 'internet', at: noon, name: 'a.test' };
    expect(describeScope(inventory({ authorisations: [free] }))(asking)).toMatchObject({
      permission: { allowed: true },
    });
    const elsewhere = { ...byNetwork(), zones: ['tslcd'] };
    for (const document of [bound, byNetwork()]) {
      expect(describeScope(inventory({ authorisations: [document] }))(asking)).toMatchObject({
        permission: { allowed: false },
        unresolved: true,
      });
    }
    expect(describeScope(inventory({ authorisations: [elsewhere] }))(asking).unresolved).toBe(false);
    const out = inventory({ authorisations: [byNetwork()], exclusions: [{ domains: ['a.test'], reason: 'x' }] });
    expect(describeScope(out)(asking)).toMatchObject({ permission: { reason: 'excluded' }, unresolved: false });
  });
});

import { describe, expect, test } from 'vitest';
import { expandEndpoints, neededKinds, targetsOf } from '../../src/inventory/targets.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';
import { inventory, system } from './make.ts';

const web: Endpoint = { kind: 'web', url: 'https://portal.example/' };
const host: Endpoint = {
  kind: 'host',
  host: 'srv.example',
  services: [{ port: 993, tls: true }, { port: 22 }, { port: 443, tls: true }],
};
const owner = system('s', []);
const keysOf = (endpoint: Endpoint, addresses: readonly string[]) =>
  targetsOf(owner, endpoint, addresses).map(({ kind, key }) => `${kind} ${key}`);

describe('targets', () => {
  test.each<[string, Endpoint, readonly string[], readonly string[]]>([
    ['a web endpoint', web, ['192.0.2.7'], ['web https://portal.example/ [192.0.2.7]']],
    ['one on IPv6', web, ['2001:DB8:0::7'], ['web https://portal.example/ [2001:db8::7]']],
    ['one without address', web, [], ['web https://portal.example/ [?]']],
    [
      'addresses in one order, IPv4 first, none twice',
      web,
      ['2001:db8::1', '192.0.2.10', '192.0.2.9', '::ffff:192.0.2.9'],
      [
        'web https://portal.example/ [192.0.2.9]',
        'web https://portal.example/ [192.0.2.10]',
        'web https://portal.example/ [2001:db8::1]',
      ],
    ],
    [
      'a host and its TLS services',
      host,
      ['192.0.2.7'],
      ['host srv.example [192.0.2.7]', 'service srv.example:443 [192.0.2.7]', 'service srv.example:993 [192.0.2.7]'],
    ],
    [
      'services that begin in clear, and none that only stands on a known port',
      {
        ...host,
        services: [{ port: 587, startTls: 'smtp' }, { port: 143 }, { port: 25, startTls: 'smtp' }, { port: 110 }],
      },
      ['192.0.2.7'],
      ['host srv.example [192.0.2.7]', 'service srv.example:25 [192.0.2.7]', 'service srv.example:587 [192.0.2.7]'],
    ],
    [
      'a host without address',
      host,
      [],
      ['host srv.example [?]', 'service srv.example:443 [?]', 'service srv.example:993 [?]'],
    ],
    ['a bare address needs none given', { kind: 'host', host: '192.0.2.7' }, [], ['host 192.0.2.7 [192.0.2.7]']],
    [
      'a bare IPv6 address',
      { kind: 'host', host: '2001:db8::7', services: [{ port: 993, tls: true }] },
      [],
      ['host 2001:db8::7 [2001:db8::7]', 'service [2001:db8::7]:993 [2001:db8::7]'],
    ],
    [
      'a URL to a bare address',
      { kind: 'web', url: 'https://[2001:db8::7]:8443/' },
      [],
      ['web https://[2001:db8::7]:8443/ [2001:db8::7]'],
    ],
    ['a domain', { kind: 'domain', domain: 'example' }, [], ['domain example [dns]']],
    ['a mail domain', { kind: 'mail', domain: 'example' }, [], ['mail example [mail]']],
  ])('%s', (_, endpoint, addresses, keys) => {
    expect(keysOf(endpoint, addresses)).toEqual(keys);
  });

  test('carry the name, the address and the port that probes need', () => {
    expect(targetsOf(owner, host, ['192.0.2.7'])[1]).toEqual({
      key: 'srv.example:443 [192.0.2.7]',
      kind: 'service',
      system: 's',
      endpoint: host,
      name: 'srv.example',
      address: '192.0.2.7',
      port: 443,
    });
    const mail: Endpoint = { ...host, services: [{ port: 25, startTls: 'smtp' }] };
    expect(targetsOf(owner, mail, ['192.0.2.7'])[1]).toMatchObject({ port: 25, startTls: 'smtp' });
    const [bare] = targetsOf(owner, { kind: 'host', host: '192.0.2.7' }, []);
    expect(bare).not.toHaveProperty('name');
    expect(targetsOf(owner, web, [])[0]).not.toHaveProperty('address');
  });

  test('are each observed by what they need', () => {
    const kindsOf = (endpoint: Endpoint) => targetsOf(owner, endpoint, ['192.0.2.7']).map(neededKinds);
    expect(kindsOf(web)).toEqual([['tls', 'http', 'software']]);
    expect(kindsOf({ kind: 'web', url: 'http://portal.example/' })).toEqual([['http', 'software']]);
    expect(kindsOf(host)).toEqual([['ports', 'software'], ['tls'], ['tls']]);
    expect(kindsOf({ kind: 'domain', domain: 'example' })).toEqual([['dns']]);
    expect(kindsOf({ kind: 'mail', domain: 'example' })).toEqual([['mail']]);
  });
});

describe('expansion', () => {
  const inner: Endpoint = { kind: 'web', url: 'https://lgsp.example/', zones: ['tslcd'] };
  const mail: Endpoint = { kind: 'mail', domain: 'example' };
  const plan = inventory({
    systems: [
      system('b', [web, inner, mail]),
      system('quan-su', [host, { kind: 'domain', domain: 'qs.example' }], { excluded: 'quan-su' }),
      system('mat', [host], { stateSecret: true }),
      system('mat-co-phep', [host], { stateSecret: true, stateSecretPermit: { number: '1', date: '2026-01-01' } }),
      system('a', [host]),
    ],
  });
  const named = (list: readonly { readonly system: { readonly id: string }; readonly endpoint: Endpoint }[]) =>
    list.map(({ system: { id }, endpoint }) => `${id} ${endpoint.kind}`);

  test('keeps the order of the file and sorts out what is not looked at', () => {
    const expansion = expandEndpoints(plan, 'internet');
    expect(named(expansion.endpoints)).toEqual(['b web', 'b mail', 'mat-co-phep host', 'a host']);
    expect(named(expansion.otherZone)).toEqual(['b web']);
    expect(expandEndpoints(plan, 'tslcd').endpoints).toContainEqual({ system: plan.systems[0], endpoint: inner });
  });

  test('counts systems that are never scanned and says nothing of their hosts', () => {
    const { refused, excludedSystems } = expandEndpoints(plan, 'internet');
    expect(excludedSystems).toBe(2);
    expect(refused).toEqual([
      { system: 'quan-su', reason: 'excluded-system', endpoints: 2 },
      { system: 'mat', reason: 'state-secret', endpoints: 1 },
    ]);
  });
});

import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { targetsOf } from '../../src/inventory/targets.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { Check } from '../../src/model/check.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';
import type { Target } from '../../src/model/target.ts';
import type { Life } from '../../src/model/track/life.ts';
import { needsOf } from '../../src/pipeline/verify-needs.ts';
import { placesOf } from '../../src/track/place.ts';
import { system } from '../inventory/make.ts';

let checks: readonly Check[] = [];
beforeAll(async () => {
  checks = await readChecks([fileURLToPath(new URL('../../checks/', import.meta.url))]);
});

const endpoints: readonly (readonly [Endpoint, readonly string[]])[] = [
  [{ kind: 'web', url: 'https://a.example/' }, ['192.0.2.1', '192.0.2.2']],
  [{ kind: 'host', host: 'srv.example', services: [{ port: 443, tls: true }, { port: 22 }] }, ['192.0.2.3']],
  [{ kind: 'domain', domain: 'a.example' }, []],
];
const planned = (): readonly Target[] =>
  endpoints.flatMap(([endpoint, addresses]) => targetsOf(system('a', [endpoint]), endpoint, addresses));

/** What is looked at, by which kinds, to tell a check at a target; and which targets a plan would look up names for. */
function looked(check: string, target: string, all = planned(), before = planned()) {
  const life = { system: 'a', check, target } as unknown as Life;
  const needs = needsOf([life], checks);
  const { targets, kindsOf } = needs.settle(all, placesOf(before));
  return Object.fromEntries(targets.map((one) => [one.key, kindsOf(one)]));
}

describe('what a verification needs', () => {
  test('a check of TLS looks at TLS, of its own target alone', () => {
    expect(looked('tls-protocols', 'srv.example:443 [192.0.2.3]')).toEqual({ 'srv.example:443 [192.0.2.3]': ['tls'] });
    expect(looked('tls-protocols', 'https://a.example/ [192.0.2.2]')).toEqual({
      'https://a.example/ [192.0.2.2]': ['tls'],
    });
  });

  test('what is read from another look needs that look', () => {
    expect(looked('web-server-support', 'https://a.example/ [192.0.2.1]')).toEqual({
      'https://a.example/ [192.0.2.1]': ['http', 'software'],
    });
    expect(looked('remote-desktop-ports', 'srv.example [192.0.2.3]')).toEqual({ 'srv.example [192.0.2.3]': ['ports'] });
  });

  test('a check that asks about the others looks at all of them, and only as far as it asks', () => {
    expect(looked('tls-sslv2-key', 'srv.example:443 [192.0.2.3]')).toEqual({
      'https://a.example/ [192.0.2.1]': ['tls'],
      'https://a.example/ [192.0.2.2]': ['tls'],
      'srv.example:443 [192.0.2.3]': ['tls'],
    });
  });

  test('every check that ships can be told from what it asks for', () => {
    for (const check of checks) {
      const targets = planned().filter(({ kind }) => check.about.includes(kind));
      for (const { key } of targets) {
        const kinds = looked(check.id, key)[key] ?? [];
        const missing = check.reads.filter((kind) => !kinds.includes(kind));
        // A kind that such a target never has makes the check not applicable there.
        expect(missing.length === 0 || kinds.length < check.reads.length, `${check.id} ${key}`).toBe(true);
      }
    }
  });

  test('names are looked up of the places asked about, and of no others', () => {
    const { concerns } = needsOf(
      [{ system: 'a', check: 'tls-protocols', target: 'srv.example:443 [192.0.2.3]' } as unknown as Life],
      checks,
    );
    const nameless = endpoints.flatMap(([endpoint]) => targetsOf(system('a', [endpoint]), endpoint, []));
    expect(nameless.filter(concerns).map(({ key }) => key)).toEqual(['srv.example:443 [?]']);
    const others = endpoints.flatMap(([endpoint]) => targetsOf(system('b', [endpoint]), endpoint, []));
    expect(others.filter(concerns)).toEqual([]);
  });

  test('a finding follows its name to another address', () => {
    const [endpoint] = endpoints[1] ?? [];
    if (endpoint === undefined) throw new Error('no host');
    const now = targetsOf(system('a', [endpoint]), endpoint, ['192.0.2.9']);
    expect(Object.keys(looked('tls-protocols', 'srv.example:443 [192.0.2.3]', now))).toEqual([
      'srv.example:443 [192.0.2.9]',
    ]);
    const nowhere = targetsOf(system('a', [endpoint]), endpoint, []);
    expect(Object.keys(looked('tls-protocols', 'srv.example:443 [192.0.2.3]', nowhere))).toEqual([
      'srv.example:443 [?]',
    ]);
  });

  test('an address that left its name, and a check that is no more, need nothing', () => {
    const [endpoint] = endpoints[0] ?? [];
    if (endpoint === undefined) throw new Error('no site');
    const now = targetsOf(system('a', [endpoint]), endpoint, ['192.0.2.1']);
    expect(looked('tls-protocols', 'https://a.example/ [192.0.2.2]', now)).toEqual({});
    expect(looked('no-such-check', 'https://a.example/ [192.0.2.1]')).toEqual({});
  });
});

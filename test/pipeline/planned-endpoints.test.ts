import { describe, expect, test } from 'vitest';
import { isSameEverywhere } from '../../src/inventory/targets.ts';
import type { Authorisation } from '../../src/model/inventory/authorisation.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';
import { plannedEndpoints } from '../../src/pipeline/planned-endpoints.ts';
import { makePlan } from '../../src/pipeline/plan.ts';
import { authorisation, inventory, system } from '../inventory/make.ts';

const inner = (host: string): Endpoint => ({ kind: 'host', host, zones: ['tslcd'] });
const both = authorisation('vb-ca-hai', { scope: { networks: ['0.0.0.0/0', '::/0'] }, zones: ['internet', 'tslcd'] });
const at = '2026-06-01T03:00:00.000Z';
const hostsOf = (document: Authorisation, ...endpoints: Endpoint[]) =>
  plannedEndpoints(inventory({ systems: [system('a', endpoints)], authorisations: [document] }), 'internet', at)
    .planned.filter(({ offZone }) => offZone)
    .map(({ endpoint }) => (endpoint.kind === 'host' ? endpoint.host : ''));

describe('an endpoint meant for another zone', () => {
  const outside = inner('203.0.114.7');

  test('is looked at where its address is the same machine from here', () => {
    expect(
      hostsOf(both, outside, inner('10.1.2.3'), inner('192.168.1.1'), inner('fd00::1'), inner('127.61.0.1')),
    ).toEqual(['203.0.114.7', '127.61.0.1']);
  });

  test('is not looked at where one of its addresses is not', () => {
    const pinned: Endpoint = {
      kind: 'host',
      host: 'srv.tinh.example',
      addresses: ['203.0.114.7', '10.0.0.1'],
      zones: ['tslcd'],
    };
    expect(hostsOf(both, pinned)).toEqual([]);
  });

  test('is not looked at where no document lets it be asked from here, now or later', () => {
    expect(hostsOf({ ...both, zones: ['tslcd'] }, outside)).toEqual([]);
    expect(hostsOf({ ...both, scope: { networks: ['198.51.101.0/24'] } }, outside)).toEqual([]);
    expect(hostsOf({ ...both, until: '2026-05-31' }, outside)).toEqual([]);
    expect(hostsOf({ ...both, from: '2026-07-01' }, outside)).toEqual(['203.0.114.7']);
  });

  test('gives a target of its own kind, of no service', async () => {
    const endpoint: Endpoint = {
      kind: 'host',
      host: '127.61.0.1',
      services: [{ port: 993, tls: true }],
      zones: ['tslcd'],
    };
    const plan = await makePlan(
      inventory({ systems: [system('a', [endpoint])], authorisations: [{ ...both, until: '2099-12-31' }] }),
      'internet',
    );
    expect(plan.targets.map(({ key, kind }) => [key, kind])).toEqual([['127.61.0.1 [127.61.0.1]', 'off-zone']]);
  });
});

test('private, link-local and shared addresses are no place that all zones share', () => {
  for (const address of [
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.1.1',
    '100.64.0.1',
    'fe80::1',
    'fd00::1',
    'x',
  ])
    expect([address, isSameEverywhere(address)]).toEqual([address, false]);
  for (const address of ['203.0.114.7', '2001:4860:4860::8888', '127.0.0.1', '::1'])
    expect([address, isSameEverywhere(address)]).toEqual([address, true]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkText, parseAddress, parseNetwork, type Network } from '../../src/inventory/address.ts';
import { zonePart } from '../../src/inventory/cut.ts';
import { parseInventory } from '../../src/inventory/read.ts';
import { createPermit } from '../../src/inventory/scope.ts';
import { holds, subtract } from '../../src/inventory/subtract.ts';
import { borders } from '../../src/model/carried.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Endpoint } from '../../src/model/inventory/endpoint.ts';

const person = { name: 'Nguyễn Văn A', position: 'Trưởng phòng' };
const document = (id: string, zones: readonly string[], scope: object) => ({
  id,
  document: { number: `${id}/QĐ`, date: '2026-01-01' },
  basis: 'Kế hoạch',
  requestedBy: person,
  approvedBy: { ...person, name: 'Trần Thị B' },
  scope,
  zones,
  from: '2026-01-01',
  until: '2099-12-31',
  contact: { email: 'scan@test.example' },
});
const system = (id: string, endpoints: readonly object[], more: object = {}) => ({
  id,
  name: `Hệ thống ${id}`,
  owner: `so-${id}`,
  operator: `so-${id}`,
  endpoints,
  ...more,
});
const organisation = (id: string) => ({ id, name: `Sở ${id}`, headPosition: 'Giám đốc', head: 'Người Đứng Đầu' });

const whole = {
  schema: 1,
  province: { id: 'tinh', name: 'Tỉnh' },
  zones: [
    {
      id: 'internet',
      name: 'Internet',
      controls: [
        {
          id: 'doi-chung-kia',
          expects: 'good',
          endpoint: { kind: 'host', host: '10.9.0.9', services: [{ port: 443, tls: true }] },
        },
      ],
    },
    {
      id: 'tslcd',
      name: 'TSLCD',
      controls: [
        {
          id: 'doi-chung',
          expects: 'bad',
          checks: ['tls-protocols'],
          endpoint: { kind: 'host', host: '10.9.0.5', note: 'ghi chú kín', services: [{ port: 443, tls: true }] },
        },
      ],
    },
  ],
  organisations: ['so-cua-ta', 'so-khac', 'so-quan-su', 'so-mat'].map(organisation),
  systems: [
    system('cua-ta', [
      {
        kind: 'host',
        host: 'may.tslcd.example',
        addresses: ['10.1.0.5'],
        zones: ['tslcd', 'internet'],
        note: 'ghi chú kín',
      },
      { kind: 'web', url: 'https://chua-ghim.tslcd.example/' },
      { kind: 'host', host: '10.1.9.9', zones: ['internet'] },
      { kind: 'host', host: '10.1.0.77' },
    ]),
    system('khac', [{ kind: 'host', host: 'khac.example', addresses: ['10.7.7.7'], zones: ['internet'] }]),
    system('quan-su', [{ kind: 'host', host: 'bch.tslcd.example', addresses: ['10.1.0.6'] }], { excluded: 'quan-su' }),
    system('mat', [{ kind: 'host', host: '10.1.3.3' }], { stateSecret: true }),
  ],
  authorisations: [
    document('vb-mang', ['tslcd', 'internet'], { networks: ['10.1.0.0/16', '10.7.7.7', '10.8.0.0/16'] }),
    document('vb-ten', ['tslcd'], { domains: ['tslcd.example', 'khac.example'] }),
    document('vb-internet', ['internet'], { networks: ['10.1.0.0/16'] }),
    document('vb-xa', ['tslcd'], { networks: ['10.7.7.7', '10.9.0.9'] }),
    document('vb-doi-chung', ['tslcd', 'internet'], { networks: ['10.9.0.5', '10.9.0.9'] }),
  ],
  exclusions: [{ networks: ['10.1.0.77', '203.0.113.0/24'], domains: ['cam.example'], reason: 'lý do kín' }],
};
const inventory: Inventory = parseInventory('t', JSON.stringify(whole)).inventory;

describe('the part of an inventory that a zone is told', () => {
  const { own, carried, leftOut } = zonePart(inventory, 'tslcd');
  const text = JSON.stringify(carried);

  it('holds the own places and nothing of anybody else', () => {
    expect(carried.systems.map(({ id, endpoints }) => [id, endpoints.length])).toEqual([['cua-ta', 2]]);
    expect(own.systems[0]?.endpoints[0]).toHaveProperty('note');
    expect(leftOut).toBe(1);
    for (const secret of [
      'internet',
      'khac',
      '10.7.7.7',
      'quan-su',
      'bch.',
      '"10.1.0.6"',
      'mat',
      '10.1.3.3"',
      'cam.',
      'kín',
      'Đứng Đầu',
      '10.1.9.9',
      '203.0.113',
      '10.9.0.9',
      'tls-protocols',
    ])
      expect(text, secret).not.toContain(secret);
    expect(carried.authorisations.map(({ id }) => id)).toEqual(['vb-mang', 'vb-ten', 'vb-doi-chung']);
    expect(carried.authorisations[1]?.scope).toEqual({ domains: ['may.tslcd.example', 'chua-ghim.tslcd.example'] });
  });

  it('holds its own controls, where they stand, and the documents that cover them', () => {
    expect(carried.zones.map(({ id, controls }) => [id, controls])).toEqual([
      [
        'tslcd',
        [
          {
            id: 'doi-chung',
            expects: 'bad',
            endpoint: { kind: 'host', host: '10.9.0.5', services: [{ port: 443, tls: true }] },
          },
        ],
      ],
    ]);
    const dial = { address: '10.9.0.5', port: 443, zone: 'tslcd', at: '2026-11-26T03:00:00.000Z' };
    expect(createPermit(carried)(dial).allowed).toBe(true);
    const barred = { ...inventory, exclusions: [{ networks: ['10.9.0.0/24'], reason: 'kín' }] };
    expect(JSON.stringify(zonePart(barred, 'tslcd').carried)).not.toContain('10.9.0');
  });

  it('is an inventory by its schema, and by the reader of inventories', () => {
    expect(borders.inventory(carried)).toBe(true);
    expect(parseInventory('t', text).inventory).toEqual(carried);
  });

  it('permits nothing that the whole does not, and never what is out of bounds', () => {
    const all = createPermit(inventory);
    const part = createPermit(carried);
    const at = '2026-11-26T03:00:00.000Z';
    for (const address of [
      '10.1.0.6',
      '10.1.3.3',
      '10.1.0.77',
      '10.7.7.7',
      '10.1.0.4',
      '10.1.255.255',
      '10.2.0.1',
      '203.0.113.9',
    ])
      for (const name of [undefined, 'may.tslcd.example', 'chua-ghim.tslcd.example', 'khac.example']) {
        const dial = { address, port: 443, zone: 'tslcd', at, ...(name === undefined ? {} : { name }) };
        if (!all(dial).allowed) expect(part(dial).allowed, `${address} ${name}`).toBe(false);
      }
    expect(part({ address: '10.1.0.5', port: 22, zone: 'tslcd', at }).allowed).toBe(true);
    expect(part({ address: '10.1.0.4', port: 22, zone: 'tslcd', at }).allowed).toBe(true);
    expect(part({ address: '10.1.0.6', port: 22, zone: 'tslcd', at }).allowed).toBe(false);
  });

  it('leaves a name out below which a forbidden one lies, and a document by names alone tells public addresses bare', () => {
    const endpoints = [
      { kind: 'domain', domain: 'tinh.example' },
      { kind: 'web', url: 'https://a.tinh.example/' },
    ] as Endpoint[];
    const [first] = inventory.systems;
    if (first === undefined) throw new Error('no system');
    const loose = {
      ...inventory,
      systems: [{ ...first, endpoints }],
      authorisations: inventory.authorisations
        .slice(1, 2)
        .map((one) => ({ ...one, scope: { domains: ['tinh.example'] } })),
      exclusions: [{ domains: ['mat.tinh.example'], networks: ['1.1.1.1', '10.0.0.0/8'], reason: 'kín' }],
    };
    const told = zonePart(loose, 'tslcd');
    expect(told.leftOut).toBe(1);
    expect(told.carried.exclusions).toEqual([{ networks: ['1.1.1.1'], reason: '-' }]);
    expect(JSON.stringify(told.carried)).not.toContain('mat.tinh');
  });
});

function read(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined) throw new Error(text);
  return network;
}

describe('a network without others', () => {
  const network = fc
    .tuple(fc.nat(0xffff), fc.integer({ min: 16, max: 32 }))
    .map(([low, prefix]) => read(`10.9.${low >> 8}.${low & 255}/${prefix}`));

  it('holds an address exactly when it did and no other does', () => {
    fc.assert(
      fc.property(network, fc.array(network, { maxLength: 8 }), fc.nat(0xffff), (whole, others, low) => {
        const address = parseAddress(`10.9.${low >> 8}.${low & 255}`);
        if (address === undefined) throw new Error('no address');
        const one = { version: 4, bits: address.bits, prefix: 32 } as const;
        const left = subtract(whole, others);
        const expected = holds(whole, one) && !others.some((other) => holds(other, one));
        expect(
          left.some((part) => holds(part, one)),
          left.map(networkText).join(),
        ).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

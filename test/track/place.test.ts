import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/model/inventory.ts';
import { declaredPlaces, isUnresolved, movedTargets, placeOf, placesOf } from '../../src/track/place.ts';
import { renamesOf } from '../../src/track/renames.ts';

const url = 'https://a.example/';
const web = (...addresses: string[]) =>
  placesOf(addresses.map((address) => ({ system: 's', key: `${url} [${address}]` })));

describe('identity over runs', () => {
  it('takes the address off a key, and nothing else', () => {
    expect(placeOf('https://a.example/ [192.0.2.7]')).toBe('https://a.example/');
    expect(placeOf('[2001:db8::7]:993 [2001:db8::7]')).toBe('[2001:db8::7]:993');
    expect(placeOf('a.example [mail]')).toBe('a.example [mail]');
    expect(isUnresolved('a.example [?]')).toBe(true);
  });

  it('follows a renumbered host, and several in their order', () => {
    expect([...movedTargets(web('192.0.2.1'), web('192.0.2.9'))]).toEqual([
      [`s\n${url} [192.0.2.1]`, `${url} [192.0.2.9]`],
    ]);
    expect([...movedTargets(web('192.0.2.1', '192.0.2.2'), web('192.0.2.2', '192.0.2.9'))]).toEqual([
      [`s\n${url} [192.0.2.1]`, `${url} [192.0.2.9]`],
    ]);
  });

  it('gives an address that was there before nobody else’s findings', () => {
    // The clean one of two stays: that the other left mends nothing.
    expect(movedTargets(web('192.0.2.1', '192.0.2.2'), web('192.0.2.2')).size).toBe(0);
    expect(movedTargets(web('192.0.2.1'), web('192.0.2.1', '192.0.2.2')).size).toBe(0);
  });

  it('moves nothing where a name leads nowhere, nor to another system', () => {
    expect(movedTargets(web('192.0.2.1'), web('?')).size).toBe(0);
    expect(movedTargets(web('192.0.2.1'), placesOf([{ system: 'other', key: `${url} [192.0.2.9]` }])).size).toBe(0);
  });

  it('knows what an inventory declares', () => {
    const endpoints = [
      { kind: 'web', url },
      { kind: 'host', host: 'b.example', services: [{ port: 993 }] },
      { kind: 'host', host: '2001:db8::7', services: [{ port: 22 }] },
      { kind: 'domain', domain: 'a.example' },
      { kind: 'mail', domain: 'a.example' },
    ];
    const inventory = { systems: [{ id: 's', endpoints }] } as unknown as Inventory;
    expect([...declaredPlaces(inventory)].map((place) => place.slice(2))).toEqual([
      url,
      'b.example',
      'b.example:993',
      '2001:db8::7',
      '[2001:db8::7]:22',
      'a.example [dns]',
      'a.example [mail]',
    ]);
  });

  it('follows renamed checks step by step, and leaves retired and circular ones alone', () => {
    const renamed = renamesOf([{ id: 'c', replaces: ['b', 'a'] }, { id: 'd' }]);
    expect(['a', 'b', 'c', 'd', 'z'].map(renamed)).toEqual(['c', 'c', 'c', 'd', 'z']);
    expect(
      renamesOf([
        { id: 'c', replaces: ['b'] },
        { id: 'x', replaces: ['y'] },
      ])('b'),
    ).toBe('c');
  });
});

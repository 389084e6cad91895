import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/model/inventory.ts';
import { isByResolvers, resolversFor } from '../../src/pipeline/dns-servers.ts';

const inventoryOf = (resolver?: string) =>
  ({ zones: [{ id: 'lan', name: 'LAN', ...(resolver === undefined ? {} : { resolver }) }] }) as unknown as Inventory;
const machines = resolversFor(inventoryOf(), 'lan', undefined);

describe('whom a run asks for names', () => {
  it('is the resolver named with the scan, else the zone’s, for names of endpoints too', () => {
    const named = (address: string) => ({ resolvers: [{ address, port: 53 }], resolversNamed: true });
    expect(resolversFor(inventoryOf('192.0.2.1'), 'lan', '192.0.2.2')).toEqual(named('192.0.2.2'));
    expect(resolversFor(inventoryOf('192.0.2.1'), 'lan', undefined)).toEqual(named('192.0.2.1'));
    expect(resolversFor(inventoryOf('192.0.2.1'), 'internet', undefined)).toEqual(machines);
  });

  it('is this machine where none was named, by what it is set up with', () => {
    expect(machines).not.toHaveProperty('resolversNamed');
  });

  it('is the zone’s for a run begun before that was kept with it', () => {
    const manner = machines as Parameters<typeof isByResolvers>[0];
    expect(isByResolvers(manner, inventoryOf(), 'lan')).toBe(false);
    expect(isByResolvers(manner, inventoryOf('192.0.2.1'), 'lan')).toBe(true);
    expect(isByResolvers({ ...manner, resolversNamed: true }, inventoryOf(), 'lan')).toBe(true);
  });
});

import { widthOf, type Address, type Network } from './address.ts';

/** Finds what was filed under the blocks that hold an address: one hash lookup for each length of prefix in use. */
export function networkIndex<T>(entries: Iterable<readonly [Network, T]>): (address: Address) => readonly T[] {
  const byPrefix = { 4: new Map<number, Map<bigint, T[]>>(), 6: new Map<number, Map<bigint, T[]>>() } as const;
  for (const [network, value] of entries) {
    const blocks = getOrAdd(byPrefix[network.version], network.prefix, () => new Map<bigint, T[]>());
    getOrAdd(blocks, network.bits >> BigInt(widthOf[network.version] - network.prefix), () => []).push(value);
  }
  return (address) => {
    const found: T[] = [];
    for (const [prefix, blocks] of byPrefix[address.version]) {
      found.push(...(blocks.get(address.bits >> BigInt(widthOf[address.version] - prefix)) ?? []));
    }
    return found;
  };
}

/** Finds what was filed under a name or any of its parent domains, on label boundaries. Names must be normalised. */
export function domainIndex<T>(entries: Iterable<readonly [string, T]>): (name: string) => readonly T[] {
  const byDomain = new Map<string, T[]>();
  for (const [domain, value] of entries) getOrAdd(byDomain, domain, () => []).push(value);
  return (name) => {
    const found: T[] = [];
    for (let rest = name; rest !== ''; rest = parentOf(rest)) found.push(...(byDomain.get(rest) ?? []));
    return found;
  };
}

function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const created = create();
  map.set(key, created);
  return created;
}

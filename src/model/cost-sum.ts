import type { ResolverCost, ScanCost } from './run.ts';

/** What several processes or looks sent, one row an address, in the order of the addresses; peaks do not add up. */
export function sumCosts(costs: readonly ScanCost[]): readonly ScanCost[] {
  return summed(
    costs,
    ({ address }) => address,
    (a, b) => ({
      address: a.address,
      connections: a.connections + b.connections,
      datagrams: a.datagrams + b.datagrams,
      refusedByGuard: a.refusedByGuard + b.refusedByGuard,
      bytesSent: a.bytesSent + b.bytesSent,
      bytesReceived: a.bytesReceived + b.bytesReceived,
      peakPerSecond: Math.max(a.peakPerSecond, b.peakPerSecond),
    }),
  );
}

/** The same of what resolvers were asked, one row a server. */
export function sumResolverCosts(costs: readonly ResolverCost[]): readonly ResolverCost[] {
  return summed(
    costs,
    ({ server }) => server,
    (a, b) => ({
      server: a.server,
      queries: a.queries + b.queries,
      bytesSent: a.bytesSent + b.bytesSent,
      bytesReceived: a.bytesReceived + b.bytesReceived,
    }),
  );
}

function summed<T>(items: readonly T[], keyOf: (item: T) => string, add: (a: T, b: T) => T): readonly T[] {
  const sums = new Map<string, T>();
  for (const item of items) {
    const before = sums.get(keyOf(item));
    sums.set(keyOf(item), before === undefined ? item : add(before, item));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

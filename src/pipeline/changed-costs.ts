import type { ScanCost } from '../model/run.ts';

/** Passes on the addresses that received something since the last call. */
export function onlyChanged(): (costs: readonly ScanCost[]) => readonly ScanCost[] {
  const last = new Map<string, string>();
  return (costs) =>
    costs.filter((cost) => {
      const seen = `${cost.connections} ${cost.refusedByGuard} ${cost.bytesSent} ${cost.bytesReceived}`;
      const changed = last.get(cost.address) !== seen;
      last.set(cost.address, seen);
      return changed;
    });
}

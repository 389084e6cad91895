/** A set of ports kept as its ranges. */
export type PortSet = { readonly has: (port: number) => boolean; readonly size: number };

/** Reads `21-23,80,443`; parts that are no ports are left out. */
export function portSet(ranges: string): PortSet {
  const spans = ranges.split(',').flatMap((part) => {
    const [, from, to] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return [];
    const low = Math.max(1, Number(from));
    const high = Math.min(65_535, Number(to ?? from));
    return low <= high ? [{ low, high }] : [];
  });
  const merged: { low: number; high: number }[] = [];
  for (const span of spans.sort((a, b) => a.low - b.low)) {
    const last = merged.at(-1);
    if (last !== undefined && span.low <= last.high + 1) last.high = Math.max(last.high, span.high);
    else merged.push({ ...span });
  }
  return {
    has: (port) => merged.some(({ low, high }) => port >= low && port <= high),
    size: merged.reduce((sum, { low, high }) => sum + high - low + 1, 0),
  };
}

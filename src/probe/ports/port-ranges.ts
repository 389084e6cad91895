/** `21-23,80,443` from any numbers: sorted, without doubles, numbers that are no port left out. Empty text for none. */
export function formatPortRanges(ports: Iterable<number>): string {
  const sorted = [...new Set(ports)].filter(isPort).toSorted((one, other) => one - other);
  const ranges: string[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === (sorted[to] ?? 0) + 1) to += 1;
    ranges.push(from === to ? String(sorted[from]) : `${sorted[from] ?? ''}-${sorted[to] ?? ''}`);
    from = to + 1;
  }
  return ranges.join(',');
}

/** The ports of `21-23,80,443`, ascending and without doubles; null for a text that is not of that form. */
export function parsePortRanges(text: string): readonly number[] | null {
  if (text.trim() === '') return [];
  const ports = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part);
    if (match === null) return null;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (!isPort(from) || !isPort(to) || from > to) return null;
    for (let port = from; port <= to; port += 1) ports.add(port);
  }
  return [...ports].toSorted((one, other) => one - other);
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** What is wrong with a list of ports: the part, and how. */
export type PortsFault = { readonly part: string; readonly fault: 'descending' | 'out-of-range' };

/** Reads `22,80,443,8000-8100` into a set. The syntax itself is the schema's to check. */
export function parsePorts(text: string): ReadonlySet<number> | PortsFault {
  const ports = new Set<number>();
  for (const part of text.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    if (!isPort(from) || !isPort(to)) return { part, fault: 'out-of-range' };
    if (from > to) return { part, fault: 'descending' };
    for (let port = from; port <= to; port += 1) ports.add(port);
  }
  return ports;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

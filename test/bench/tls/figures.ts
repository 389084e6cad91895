import type { OursRun } from './ours.ts';
import type { Usage } from './timed-process.ts';

/** One tool over one fleet. Times in s. */
export type Row = {
  readonly tool: string;
  readonly hosts: number;
  readonly wall: number;
  readonly client: number;
  readonly server: number;
  readonly connections: number;
  readonly peakMb: number;
};

/** Connections of a peer are counted where all arrive: nginx's own counter. */
export function peerRow(tool: string, hosts: number, usage: Usage, server: number, connections: number): Row {
  return { tool, hosts, wall: usage.wall, client: usage.cpu, server, connections, peakMb: usage.peakMb };
}

export function ourRow(tool: string, run: OursRun, server: number): Row {
  const { hosts, wall, cpu, connections, peakMb } = run;
  return { tool, hosts, wall, client: cpu, server, connections, peakMb };
}

const headings = ['', 'hosts', 'wall s', 'hosts/s', 'client CPU s', 'ms/host', 'server CPU s', 'conns/host', 'peak MB'];

/** A table for a terminal. */
export function printRows(rows: readonly Row[]): void {
  printTable([headings, ...rows.map(cells)]);
}

function cells({ tool, hosts, wall, client, server, connections, peakMb }: Row): string[] {
  return [
    tool,
    String(hosts),
    wall.toFixed(2),
    (hosts / wall).toFixed(2),
    client.toFixed(2),
    ((1000 * client) / hosts).toFixed(1),
    server.toFixed(2),
    (connections / hosts).toFixed(1),
    peakMb.toFixed(0),
  ];
}

/** Columns as wide as they need, the first to the left and the others to the right. */
export function printTable(lines: readonly (readonly string[])[]): void {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  for (const line of lines) {
    const aligned = line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    console.log(aligned.join('  '));
  }
}

/** How many hosts a second of the first for one of the other. */
export function ratio(of: Row, to: Row): number {
  return of.hosts / of.wall / (to.hosts / to.wall);
}

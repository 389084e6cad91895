import ipaddr from 'ipaddr.js';
import type { Limits } from '../../model/permission.ts';

/** What nmap is asked to do at one address. */
export type NmapJob = {
  /** Literal IPv4 or IPv6 address, no zone. */
  readonly address: string;
  readonly ports: readonly number[];
  readonly limits: Limits;
  /** `connect` (default): whole handshakes, which can be counted. `syn` needs root. */
  readonly method?: 'connect' | 'syn';
  /** Ask open ports for product and version too (`-sV --version-light`). */
  readonly versions?: boolean;
};

/** Tries after the first at a port that does not answer. */
export const nmapRetries = 1;

/**
 * The argument vector of a job; `targetFile` holds the address, so that nothing but numbers of ours stands among the
 * arguments. Throws RangeError for a job that no caller may build: a port or limit out of range, no port at all.
 */
export function nmapArgs(job: NmapJob, targetFile: string): readonly string[] {
  const { connections, perSecond } = job.limits;
  if (!Number.isInteger(connections) || connections < 1) throw new RangeError(`connections: ${connections}`);
  if (!Number.isFinite(perSecond) || perSecond <= 0) throw new RangeError(`perSecond: ${perSecond}`);
  return [
    '-n',
    '-Pn',
    job.method === 'syn' ? '-sS' : '-sT',
    ...(canonicalAddress(job.address).includes(':') ? ['-6'] : []),
    ...(job.versions === true ? ['-sV', '--version-light', '--version-trace'] : []),
    '-p',
    portArgument(job.ports),
    '--max-rate',
    perSecond.toFixed(3),
    '--max-parallelism',
    String(connections),
    '--max-retries',
    String(nmapRetries),
    '--host-timeout',
    `${hostTimeoutSeconds(job)}s`,
    '-oX',
    '-',
    '-iL',
    targetFile,
  ];
}

/** Time after which the host is given up: what the limits ask for with every port silent, and half a minute. */
export function hostTimeoutSeconds({ ports, limits, versions }: NmapJob): number {
  const tries = ports.length * (1 + nmapRetries);
  const asking = Math.max(tries / limits.perSecond, (tries * 1.5) / limits.connections);
  const talking = versions === true ? (ports.length * 60) / limits.connections : 0;
  return Math.ceil(asking + talking + 30);
}

/** The address as ipaddr.js prints it. Throws RangeError for anything but a full literal address without zone. */
export function canonicalAddress(address: string): string {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).toString();
  if (address.includes(':') && !address.includes('%') && ipaddr.IPv6.isValid(address)) {
    return ipaddr.IPv6.parse(address).toString();
  }
  throw new RangeError(`not a literal address: ${JSON.stringify(address.slice(0, 60))}`);
}

function portArgument(ports: readonly number[]): string {
  if (ports.length === 0) throw new RangeError('no port');
  for (const port of ports) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError(`port: ${port}`);
  }
  return ports.join(',');
}

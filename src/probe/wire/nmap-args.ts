import ipaddr from 'ipaddr.js';
import type { Limits } from '../../model/permission.ts';

/** What nmap is asked to do at one address. */
export type NmapJob = {
  /** Literal IPv4 or IPv6 address, no zone. */
  readonly address: string;
  readonly ports: readonly number[];
  readonly limits: Limits;
  /** `connect` (default): whole handshakes. `syn` (half of one) and `udp` take raw packets (`raw-packets.ts`). */
  readonly method?: 'connect' | 'syn' | 'udp';
  /** Options that tell an nmap without root that it may send raw packets. */
  readonly rawOptions?: readonly string[];
  /** Ask open ports for product and version too (`-sV --version-light`). */
  readonly versions?: boolean;
};

/** Tries after the first at a port that does not answer. */
export const nmapRetries = 1;
/** Datagrams of one try at a UDP port: nmap knows two questions for some (counted by a firewall: test/probe/ports/udp). */
export const mostPayloads = 2;

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
    ...methodArguments(job),
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
    // nmap says how many raw packets it sent only where people read, so the XML of these goes to a file.
    ...(sendsRaw(job) ? ['-v', '-oX', xmlFileOf(targetFile)] : ['-oX', '-']),
    '-iL',
    targetFile,
  ];
}

/** Whether nmap sends packets of its own, which it counts; whole handshakes are the kernel's. */
export const sendsRaw = ({ method = 'connect' }: NmapJob): boolean => method !== 'connect';

/** Where the XML of such a scan is written: beside the file of addresses. */
export const xmlFileOf = (targetFile: string) => `${targetFile}.xml`;

/**
 * Raw packets go by the kernel's routing (`--send-ip`): left to itself nmap asks the local network who has the address, and
 * tells nothing of the ports where nobody says "I".
 */
function methodArguments({ method = 'connect', rawOptions = [] }: NmapJob): readonly string[] {
  if (method === 'connect') return ['-sT'];
  return [method === 'syn' ? '-sS' : '-sU', '--send-ip', '--disable-arp-ping', ...rawOptions];
}

/** Time after which the host is given up: what the limits ask for with every port silent, and half a minute. */
export function hostTimeoutSeconds({ ports, limits, versions, method }: NmapJob): number {
  // Of UDP each try may be two datagrams, of two protocols.
  const tries = ports.length * (1 + nmapRetries) * (method === 'udp' ? mostPayloads : 1);
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

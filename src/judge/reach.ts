import type { Failure, FailureCode } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { muteReason, readScan } from './view/port-scan.ts';
import { portSet } from './view/port-set.ts';

/**
 * How a port looked from one zone: `open`; `closed` by a reset; `filtered`, silent on a host that answered elsewhere;
 * `untold`, nothing that decides.
 */
export type Reach = 'open' | 'closed' | 'filtered' | 'untold';

/** One port of an endpoint: `tcp/443`, `udp/161`. */
export type PortKey = `${'tcp' | 'udp'}/${number}`;

/** What one observation tells of the ports of its target: the state of any port, and which are open. */
export type Reached = {
  readonly stateOf: (port: PortKey) => Reach;
  readonly open: ReadonlyMap<PortKey, string | undefined>;
};

/** Reads an observation; undefined where it is of no ports. Pure. */
export function reachOf(observation: Observation, target: Target): Reached | undefined {
  switch (observation.kind) {
    case 'ports':
      return observation.ok ? scanned(observation.facts) : undefined;
    case 'tls':
    case 'http': {
      const port = portOf(observation, target);
      if (port === undefined) return undefined;
      const state = observation.ok ? 'open' : stateAfter(observation.failure);
      const service = observation.ok ? (observation.kind === 'http' ? 'http' : 'tls') : undefined;
      return one(`tcp/${port}`, state, service);
    }
    case 'software':
    case 'dns':
    case 'mail':
      return undefined;
  }
}

function scanned(facts: Extract<Observation, { kind: 'ports'; ok: true }>['facts']): Reached {
  const scan = readScan(facts);
  const mute = muteReason(facts, scan) !== null;
  const { udp } = facts;
  const udpOpen = new Set(udp?.open.map(({ port }) => port));
  const [udpClosed, udpSilent] = [portSet(udp?.closed ?? ''), portSet(udp?.silent ?? '')];
  const alive = scan.open.size + scan.closed.size + udpOpen.size + udpClosed.size > 0;
  const tcp = (port: number): Reach => {
    if (mute) return 'untold';
    if (scan.open.has(port)) return 'open';
    if (scan.closed.has(port)) return 'closed';
    return scan.silent.has(port) ? 'filtered' : 'untold';
  };
  const overUdp = (port: number): Reach => {
    if (udpOpen.has(port)) return 'open';
    if (udpClosed.has(port)) return 'closed';
    return udpSilent.has(port) && alive ? 'filtered' : 'untold';
  };
  return {
    stateOf: (key) => {
      const [protocol, port = ''] = key.split('/');
      return protocol === 'udp' ? overUdp(Number(port)) : tcp(Number(port));
    },
    open: new Map<PortKey, string | undefined>([
      ...(mute ? [] : facts.open.map(({ port, service }) => [`tcp/${port}` as const, service] as const)),
      ...(udp?.open ?? []).map(({ port, service }) => [`udp/${port}` as const, service] as const),
    ]),
  };
}

function one(key: PortKey, state: Reach, service: string | undefined): Reached {
  return {
    stateOf: (asked) => (asked === key ? state : 'untold'),
    open: state === 'open' ? new Map([[key, service]]) : new Map(),
  };
}

/** Of the unencrypted side of a web endpoint nothing is read: its facts come from several ports. */
function portOf({ kind }: Observation, { endpoint, port }: Target): number | undefined {
  if (port !== undefined) return port;
  if (endpoint.kind !== 'web') return undefined;
  const url = new URL(endpoint.url);
  if (kind === 'http' && url.protocol === 'https:') return undefined;
  return Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
}

/** Failures after which something must have answered there. */
const answered: ReadonlySet<FailureCode> = new Set(['tls', 'protocol', 'too-large']);

function stateAfter({ code }: Failure): Reach {
  if (code === 'refused') return 'closed';
  return answered.has(code) ? 'open' : 'untold';
}

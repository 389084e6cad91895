import type { UdpFacts } from '../../model/facts/udp.ts';
import type { ObservationOf, Seen } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import { message, type Message } from '../../model/text.ts';
import { failureWord } from './unseen.ts';

/** One open port beside what the inventory declares. */
export type PortRow = {
  readonly port: number;
  readonly service: string;
  readonly product: string;
  readonly tls: boolean;
  readonly declared: boolean;
  readonly word: Message;
  readonly banner: string | null;
};

/** What the ports of one address answered. */
export type PortsPanel = {
  readonly target: string;
  readonly at: string;
  readonly builtIn: boolean;
  readonly engine: string;
  readonly asked: string;
  readonly open: readonly PortRow[];
  readonly closed: number;
  readonly silent: number;
  /** Ports declared and asked that did not answer as open. */
  readonly missing: readonly number[];
  /** The endpoint is meant for other zones than that of the scan. */
  readonly offZone: boolean;
  /** Null: UDP was not part of the look. */
  readonly udp: UdpPanel | null;
};

/** What the short list of UDP ports answered, or why none was asked. */
export type UdpPanel = {
  readonly asked: string;
  readonly open: readonly {
    readonly port: number;
    readonly service: string;
    readonly told: readonly Message[];
    readonly words: string | null;
  }[];
  readonly closed: number;
  readonly silent: number;
  readonly hindrance: { readonly word: Message; readonly detail: string } | null;
};

/** The panel of one port observation. */
export function portsPanel(
  observation: ObservationOf<'ports'> & Seen<'ports'>,
  target: Target | undefined,
): PortsPanel {
  const { facts } = observation;
  const offZone = target?.kind === 'off-zone';
  const declared = new Set(declaredPorts(target));
  const open = new Set(facts.open.map(({ port }) => port));
  return {
    target: observation.target,
    at: observation.at,
    builtIn: facts.engine === 'connect',
    engine: facts.engineVersion ?? '',
    asked: facts.asked,
    open: facts.open
      .toSorted((a, b) => a.port - b.port)
      .map((port) => ({
        port: port.port,
        service: port.service ?? '',
        product: [port.product, port.version, port.extra].filter((part) => part !== undefined).join(' '),
        tls: port.tls ?? false,
        declared: declared.has(port.port),
        word: message(`report.ports.${declared.has(port.port) ? 'declared' : 'undeclared'}`),
        banner: port.banner ?? null,
      })),
    closed: portCount(facts.closed),
    silent: portCount(facts.silent),
    missing: offZone ? [] : [...declared].filter((port) => !open.has(port)).sort((a, b) => a - b),
    offZone,
    udp: facts.udp === undefined ? null : udpPanel(facts.udp),
  };
}

function udpPanel(facts: UdpFacts): UdpPanel {
  const { hindrance } = facts;
  return {
    asked: facts.asked,
    open: facts.open.map(({ port, service }) => ({
      port,
      service: service ?? '',
      told: toldByUdp(port, facts),
      words: wordsOfUdp(port, facts),
    })),
    closed: portCount(facts.closed),
    silent: portCount(facts.silent),
    hindrance: hindrance === undefined ? null : { word: failureWord(hindrance.code), detail: hindrance.detail },
  };
}

/** What strangers may do there, as far as the answers tell. */
function toldByUdp(port: number, { snmpPublic, ntp, ipmi }: UdpFacts): readonly Message[] {
  const when = (is: boolean | undefined, key: string) => (is === true ? [message(`report.ports.${key}`)] : []);
  if (port === 161) return when(snmpPublic?.v1 === true || snmpPublic?.v2c === true, 'snmp-public');
  if (port === 123) return [...when(ntp?.control, 'ntp-control'), ...when(ntp?.private, 'ntp-private')];
  if (port !== 623) return [];
  return [
    ...when(ipmi?.authTypes.includes('none'), 'ipmi-none'),
    ...when(ipmi?.anonymousLogin, 'ipmi-anonymous'),
    ...when(ipmi?.cipherSuites?.includes(0), 'ipmi-cipher-zero'),
  ];
}

function wordsOfUdp(port: number, { snmpPublic, ntp, ike }: UdpFacts): string | null {
  if (port === 161) return snmpPublic?.sysDescr ?? null;
  if (port === 123) return ntp?.version ?? null;
  return port === 500 && ike !== undefined ? `IKE ${ike.version}` : null;
}

/** How many ports a list of ranges such as `21-23,80` names. */
export function portCount(ranges: string): number {
  return ranges
    .split(',')
    .filter((range) => range !== '')
    .reduce((sum, range) => {
      const [from = '0', to = from] = range.split('-');
      return sum + Math.max(0, Number(to) - Number(from) + 1);
    }, 0);
}

function declaredPorts(target: Target | undefined): readonly number[] {
  const endpoint = target?.endpoint;
  if (endpoint?.kind === 'host') return (endpoint.services ?? []).map(({ port }) => port);
  if (endpoint?.kind !== 'web') return [];
  const url = new URL(endpoint.url);
  return [Number(url.port) || (url.protocol === 'http:' ? 80 : 443)];
}

import type { ObservationOf, Seen } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import { message, type Message } from '../../model/text.ts';

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
};

/** The panel of one port observation. */
export function portsPanel(
  observation: ObservationOf<'ports'> & Seen<'ports'>,
  target: Target | undefined,
): PortsPanel {
  const { facts } = observation;
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
    missing: [...declared].filter((port) => !open.has(port)).sort((a, b) => a - b),
  };
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
  return target?.endpoint.kind === 'host' ? (target.endpoint.services ?? []).map(({ port }) => port) : [];
}

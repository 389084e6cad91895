import { FailureError } from '../../model/failure.ts';
import type { OpenPort, PortsFacts } from '../../model/facts/ports.ts';
import type { Target } from '../../model/target.ts';
import { findNmap } from '../wire/nmap.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { askPorts, type Engine } from './ask-ports.ts';
import type { Asked } from './asked.ts';
import { askByWhicheverIsFaster } from './choose-engine.ts';
import { askVersions } from './ask-versions.ts';
import { describePorts } from './describe-ports.ts';
import { formatPortRanges } from './port-ranges.ts';
import { askUdp, udpLeftOut, udpWithoutNmap } from './udp/ask-udp.ts';

export type PortsProbeOptions = {
  /** `auto`: nmap where it is installed, else our own connect scan. `nmap` without nmap is a `tool-missing` failure. */
  readonly engine: 'auto' | 'nmap' | 'connect';
  /** The list asked of every host; what its owner declared is asked besides. */
  readonly ports: readonly number[];
  /** Let nmap -sV look at open ports that told us nothing; slow, and many connections. Default false. */
  readonly versions?: boolean;
  /** Ask a short list of UDP ports too, where nmap may. False: the facts say that it was left out. */
  readonly udp?: boolean;
};

/** Which TCP ports answer, and what the open ones say of themselves. */
export function createPortsProbe(options: PortsProbeOptions): Probe<PortsFacts> {
  return {
    id: 'ports/3',
    observe: async (request) => {
      const { target } = request;
      if (target.address === undefined) throw new FailureError('dns', `${target.name ?? target.key} has no address`);
      const engine = await chooseEngine(options.engine);
      const asked = await askWith(engine, options, target.address, request);
      const seen = await describePorts(target.address, asked.open, request);
      const open = await withVersions(seen, engine, options, target.address, request);
      const facts = factsOf(asked, open);
      // From a zone that it is not meant for, an endpoint is asked no more than whether it answers.
      if (options.udp === undefined || target.kind !== 'host') return facts;
      if (!options.udp) return { ...facts, udp: udpLeftOut };
      return { ...facts, udp: options.engine === 'connect' ? udpWithoutNmap : await askUdp(target.address, request) };
    },
  };
}

async function chooseEngine(wanted: PortsProbeOptions['engine']): Promise<Engine> {
  const nmap = wanted === 'connect' ? null : await findNmap();
  if (nmap !== null) return { kind: 'nmap', nmap };
  if (wanted === 'nmap') throw new FailureError('tool-missing', 'nmap is not on PATH');
  return { kind: 'connect' };
}

/** With `auto`, an nmap that cannot be run does not stand in the way of looking. */
async function askWith(
  engine: Engine,
  options: PortsProbeOptions,
  address: string,
  request: ProbeRequest,
): Promise<Asked> {
  const ports = portsOf(request.target, options.ports);
  if (ports.length === 0) throw new FailureError('not-run', 'no service is declared, and no other port is asked');
  try {
    return options.engine === 'auto' && engine.kind === 'nmap'
      ? await askByWhicheverIsFaster(address, ports, engine.nmap, request)
      : await askPorts(address, ports, engine, request);
  } catch (error) {
    const brokenTool = error instanceof FailureError && error.failure.code === 'tool-missing';
    if (options.engine !== 'auto' || engine.kind !== 'nmap' || !brokenTool) throw error;
    return askPorts(address, ports, { kind: 'connect' }, request);
  }
}

/** The list, the services that the owner declared, and the ports of the endpoint itself; of a web endpoint its own alone. */
function portsOf({ endpoint, port }: Target, listed: readonly number[]): readonly number[] {
  if (endpoint.kind === 'web') {
    const urls = [endpoint.url, ...(endpoint.httpUrl === undefined ? [] : [endpoint.httpUrl])].map(
      (one) => new URL(one),
    );
    const ports = urls.map((url) => Number(url.port) || (url.protocol === 'http:' ? 80 : 443));
    return [...new Set(ports)].toSorted((a, b) => a - b);
  }
  const declared = endpoint.kind === 'host' ? (endpoint.services ?? []).map((service) => service.port) : [];
  return [...new Set([...listed, ...declared, ...(port === undefined ? [] : [port])])].toSorted((a, b) => a - b);
}

async function withVersions(
  open: readonly OpenPort[],
  engine: Engine,
  options: PortsProbeOptions,
  address: string,
  request: ProbeRequest,
): Promise<readonly OpenPort[]> {
  if (options.versions !== true || engine.kind !== 'nmap' || request.signal.aborted) return open;
  return askVersions(address, open, engine.nmap, request);
}

function factsOf(asked: Asked, open: readonly OpenPort[]): PortsFacts {
  return {
    engine: asked.engine,
    ...(asked.engineVersion === undefined ? {} : { engineVersion: asked.engineVersion }),
    ...(asked.method === undefined ? {} : { method: asked.method }),
    asked: formatPortRanges(asked.asked),
    open: [...open],
    closed: formatPortRanges(asked.closed),
    silent: formatPortRanges(asked.silent),
  };
}

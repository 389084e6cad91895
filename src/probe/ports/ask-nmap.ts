import { FailureError } from '../../model/failure.ts';
import { nmapRetries } from '../wire/nmap-args.ts';
import { runNmap, type Nmap, type NmapAnswer } from '../wire/nmap.ts';
import { isRefusal, rawPackets } from '../wire/raw-packets.ts';
import type { ProbeRequest } from '../wire/wire.ts';
import { joinAsked, limitsAt, noneAsked, stopped, type Asked, type Method } from './asked.ts';

/**
 * nmap asks as many ports at a time as the limits let it ask in about a minute: the authorisations are asked again between
 * two runs of it, and a stop keeps what was found by then.
 */
export async function askByNmap(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  request: ProbeRequest,
): Promise<Asked> {
  const { perSecond } = limitsAt(request.wire, address, ports, request.target.name);
  const atOnce = Math.max(fewestAtOnce, Math.floor(perSecond * 60));
  const parts: Asked[] = [];
  for (let from = 0; from < ports.length; from += atOnce) {
    try {
      parts.push(await partByNmap(address, ports.slice(from, from + atOnce), nmap, request));
    } catch (error) {
      // A part of which nothing may be asked, or that the stop cut off, takes nothing from the others.
      const forbidden = error instanceof FailureError && error.failure.code === 'not-permitted';
      if (ports.length <= atOnce || !(forbidden || request.signal.aborted)) throw error;
      if (request.signal.aborted) break;
    }
  }
  const [first, ...rest] = parts;
  if (first === undefined) throw request.signal.aborted ? stopped(request.signal) : noneAsked(address);
  return rest.reduce(joinAsked, first);
}

const fewestAtOnce = 250;

async function partByNmap(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  request: ProbeRequest,
): Promise<Asked> {
  const { ports: permittedPorts, answer, method } = await leaseNmap(address, ports, nmap, request, false);
  const of = (state: string) => permittedPorts.filter((port) => answer.scan.ports.get(port)?.state === state);
  return {
    engine: 'nmap',
    engineVersion: answer.scan.version,
    method,
    asked: permittedPorts,
    open: of('open'),
    closed: of('closed'),
    silent: of('silent'),
    unreachable: of('unreachable'),
  };
}

type Leased = { readonly ports: readonly number[]; readonly answer: NmapAnswer; readonly method: Method };

/**
 * Runs nmap while the address is held for it: by half handshakes (`-sS`) where it may send raw packets, else by whole ones.
 * A run that fails is counted too, at the most that it can have sent, since nmap does not tell. Where the right to raw
 * packets is refused in spite of all, whole handshakes it is.
 */
export async function leaseNmap(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  request: ProbeRequest,
  versions: boolean,
): Promise<Leased> {
  const raw = versions ? undefined : await rawPackets(nmap.path);
  if (raw?.allowed !== true) return lease(address, ports, nmap, request, { method: 'connect', versions });
  try {
    return await lease(address, ports, nmap, request, { method: 'syn', rawOptions: raw.options, versions });
  } catch (error) {
    const refused = error instanceof FailureError && error.failure.code === 'tool-missing';
    if (!refused || !isRefusal(error.failure.detail) || request.signal.aborted) throw error;
    return lease(address, ports, nmap, request, { method: 'connect', versions });
  }
}

type Way = { readonly method: Method; readonly rawOptions?: readonly string[]; readonly versions: boolean };

async function lease(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  { wire, signal, target }: ProbeRequest,
  way: Way,
): Promise<Leased> {
  const named = target.name === undefined ? {} : { name: target.name };
  const outcome = await wire.lease<Leased | { readonly error: unknown }>(
    address,
    ports,
    { signal, ...named },
    async ({ ports: permitted, limits, signal: held }) => {
      const startedAt = performance.now();
      try {
        const answer = await runNmap(nmap, { address, ports: permitted, limits, ...way }, held);
        return { result: { ports: permitted, answer, method: way.method }, connections: answer.connections };
      } catch (error) {
        const atMost = Math.ceil(((performance.now() - startedAt) / 1000) * limits.perSecond);
        const connections = way.versions ? atMost : Math.min(atMost, permitted.length * (1 + nmapRetries));
        return { result: { error }, connections };
      }
    },
  );
  if ('error' in outcome) throw outcome.error;
  return outcome;
}

import { FailureError } from '../../model/failure.ts';
import type { Limits } from '../../model/permission.ts';
import { nmapRetries } from '../wire/nmap-args.ts';
import { runNmap, type Nmap, type NmapAnswer } from '../wire/nmap.ts';
import type { ProbeRequest, Wire } from '../wire/wire.ts';
import { connectScan, type ScanResult } from './connect-scan.ts';
import { isWide, sweepScan } from './sweep-scan.ts';

export type Engine = { readonly kind: 'connect' } | { readonly kind: 'nmap'; readonly nmap: Nmap };

/** What became of the ports of one address, and who asked. */
export type Asked = Omit<ScanResult, 'notPermitted'> & {
  readonly engine: Engine['kind'];
  readonly engineVersion?: string;
};

/**
 * Asks the ports by the engine given. Throws FailureError: `not-permitted` when no port may be asked; `unreachable` when
 * nothing answered and the network says that the host is not there; and what nmap may throw. Silence everywhere is an
 * answer, not a failure.
 */
export async function askPorts(
  address: string,
  ports: readonly number[],
  engine: Engine,
  request: ProbeRequest,
): Promise<Asked> {
  const asked =
    engine.kind === 'nmap'
      ? await byNmap(address, ports, engine.nmap, request)
      : await byConnect(address, ports, request);
  if (asked.asked.length === 0 && request.signal.aborted) throw stopped(request.signal);
  if (asked.open.length === 0 && asked.closed.length === 0 && asked.unreachable.length > 0) {
    throw new FailureError(
      'unreachable',
      `${address}: ${asked.unreachable.length} of ${asked.asked.length} ports unreachable`,
    );
  }
  return asked;
}

async function byConnect(address: string, ports: readonly number[], request: ProbeRequest): Promise<Asked> {
  const { wire, signal, target } = request;
  const named = target.name === undefined ? {} : { name: target.name };
  const limits = limitsAt(wire, address, ports, target.name);
  const result = isWide(limits)
    ? await sweepScan(address, ports, { wire, signal, ...named })
    : await connectScan(address, ports, { wire, signal, atOnce: limits.connections, ...named });
  if (result.asked.length === 0 && !signal.aborted) {
    throw new FailureError('not-permitted', `${address}: the permission ended before the first connection`);
  }
  return { ...result, engine: 'connect' };
}

/** The limits of the first port that may be asked; throws `not-permitted` when none may. */
export function limitsAt(wire: Wire, address: string, ports: readonly number[], name: string | undefined): Limits {
  let reason = 'no port asked';
  for (const port of ports) {
    const permission = wire.permits(address, port, name);
    if (permission.allowed) return permission.limits;
    reason = permission.reason;
  }
  throw new FailureError('not-permitted', `${address}: ${reason}`);
}

async function byNmap(address: string, ports: readonly number[], nmap: Nmap, request: ProbeRequest): Promise<Asked> {
  const { ports: permittedPorts, answer } = await leaseNmap(address, ports, nmap, request, false);
  const of = (state: string) => permittedPorts.filter((port) => answer.scan.ports.get(port)?.state === state);
  return {
    engine: 'nmap',
    engineVersion: answer.scan.version,
    asked: permittedPorts,
    open: of('open'),
    closed: of('closed'),
    silent: of('silent'),
    unreachable: of('unreachable'),
  };
}

type Leased = { readonly ports: readonly number[]; readonly answer: NmapAnswer };

/**
 * Runs nmap while the address is held for it. A run that fails is counted too, at the most that it can have sent, since
 * nmap does not tell.
 */
export async function leaseNmap(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  { wire, signal, target }: ProbeRequest,
  versions: boolean,
): Promise<Leased> {
  const named = target.name === undefined ? {} : { name: target.name };
  const outcome = await wire.lease<Leased | { readonly error: unknown }>(
    address,
    ports,
    { signal, ...named },
    async (lease) => {
      const startedAt = performance.now();
      try {
        const answer = await runNmap(nmap, { address, ports: lease.ports, limits: lease.limits, versions }, signal);
        return { result: { ports: lease.ports, answer }, connections: answer.connections };
      } catch (error) {
        const atMost = Math.ceil(((performance.now() - startedAt) / 1000) * lease.limits.perSecond);
        const connections = versions ? atMost : Math.min(atMost, lease.ports.length * (1 + nmapRetries));
        return { result: { error }, connections };
      }
    },
  );
  if ('error' in outcome) throw outcome.error;
  return outcome;
}

function stopped(signal: AbortSignal): FailureError {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return new FailureError(late ? 'timeout' : 'not-run', 'no port was asked before the stop');
}

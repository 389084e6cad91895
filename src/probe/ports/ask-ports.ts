import { FailureError } from '../../model/failure.ts';
import type { Nmap } from '../wire/nmap.ts';
import type { ProbeRequest } from '../wire/wire.ts';
import { askByNmap } from './ask-nmap.ts';
import { limitsAt, noneAsked, stopped, type Asked } from './asked.ts';
import { connectScan } from './connect-scan.ts';
import { isWide, sweepScan } from './sweep-scan.ts';

export type Engine = { readonly kind: 'connect' } | { readonly kind: 'nmap'; readonly nmap: Nmap };

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
      ? await askByNmap(address, ports, engine.nmap, request)
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
    throw noneAsked(address);
  }
  return { ...result, engine: 'connect' };
}

import type { Nmap } from '../wire/nmap.ts';
import type { ProbeRequest } from '../wire/wire.ts';
import { askPorts } from './ask-ports.ts';
import { joinAsked, limitsAt, type Asked } from './asked.ts';
import { isWide } from './sweep-scan.ts';

/** Ports asked to learn how the host answers. */
const sampleSize = 16;

/**
 * Where limits are wide, a sample tells who goes on: nmap where closed ports answer, our own scan where the host drops
 * packets, since nmap waits for each. Under narrow limits both take as long, and nmap it is. No port is asked twice.
 */
export async function askByWhicheverIsFaster(
  address: string,
  ports: readonly number[],
  nmap: Nmap,
  request: ProbeRequest,
): Promise<Asked> {
  const wide = isWide(limitsAt(request.wire, address, ports, request.target.name));
  if (!wide || ports.length <= sampleSize * 4) return askPorts(address, ports, { kind: 'nmap', nmap }, request);
  const step = Math.floor(ports.length / sampleSize);
  const sample = new Set(ports.filter((_port, index) => index % step === 0).slice(0, sampleSize));
  const first = await askPorts(address, [...sample], { kind: 'connect' }, request);
  const answered = first.open.length + first.closed.length;
  const rest = ports.filter((port) => !sample.has(port));
  if (request.signal.aborted) return first;
  const engine = answered * 2 >= sample.size ? ({ kind: 'nmap', nmap } as const) : ({ kind: 'connect' } as const);
  // The second engine is the one that is named: it asked all but the sample.
  return joinAsked(first, await askPorts(address, rest, engine, request));
}

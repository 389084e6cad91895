import { FailureError, failure, type Failure } from '../../../model/failure.ts';
import type { UdpFacts } from '../../../model/facts/udp.ts';
import { mostPayloads, nmapRetries } from '../../wire/nmap-args.ts';
import { findNmap, runNmap, type Nmap, type NmapAnswer } from '../../wire/nmap.ts';
import { rawPackets } from '../../wire/raw-packets.ts';
import type { ProbeRequest } from '../../wire/wire.ts';
import { formatPortRanges } from '../port-ranges.ts';
import { confirmUdp } from './confirm-udp.ts';

/** UDP ports that are asked: few, each by a question that harms nobody. domain, ntp, snmp, isakmp, asf-rmcp. */
export const udpPorts: readonly number[] = [53, 123, 161, 500, 623];

/**
 * Asks the short list of UDP ports by nmap, which alone tells a closed port from a silent one, then what answered (and SNMP
 * in any case) by one question of its own. Never throws for what the target or nmap did: the facts then say what stood in
 * the way.
 */
export async function askUdp(address: string, request: ProbeRequest): Promise<UdpFacts> {
  try {
    const nmap = await findNmap();
    if (nmap === null) return hindered(failure('tool-missing', 'UDP is asked by nmap, which is not on PATH'));
    const raw = await rawPackets(nmap.path);
    if (!raw.allowed) return hindered(failure('tool-missing', `UDP is asked by raw packets: ${raw.reason}`));
    return await confirmUdp(address, await byNmap(address, nmap, raw.options, request), request);
  } catch (error) {
    if (error instanceof FailureError) return hindered(error.failure);
    if (request.signal.aborted) return hindered(failure('not-run', 'stopped before UDP was asked'));
    throw error;
  }
}

function hindered(hindrance: Failure): UdpFacts {
  return { asked: '', open: [], closed: '', silent: '', hindrance };
}

/** Facts of a scan that was told to leave UDP out. */
export const udpLeftOut = hindered(failure('not-run', 'the scan was told to leave UDP out'));

/** Facts of a scan that was told to do without nmap. */
export const udpWithoutNmap = hindered(failure('not-run', 'UDP is asked by nmap, and the scan was told to do without'));

type Outcome = { readonly ports: readonly number[]; readonly answer: NmapAnswer } | { readonly error: unknown };

async function byNmap(
  address: string,
  nmap: Nmap,
  rawOptions: readonly string[],
  { wire, signal, target }: ProbeRequest,
): Promise<UdpFacts> {
  const named = target.name === undefined ? {} : { name: target.name };
  const outcome = await wire.lease<Outcome>(address, udpPorts, { signal, ...named }, async (lease) => {
    const { ports, limits } = lease;
    const startedAt = performance.now();
    try {
      const answer = await runNmap(nmap, { address, ports, limits, method: 'udp', rawOptions }, lease.signal);
      return { result: { ports, answer }, connections: 0, datagrams: answer.connections };
    } catch (error) {
      const atMost = Math.ceil(((performance.now() - startedAt) / 1000) * limits.perSecond);
      const datagrams = Math.min(atMost, ports.length * (1 + nmapRetries) * mostPayloads);
      return { result: { error }, connections: 0, datagrams };
    }
  });
  if ('error' in outcome) throw outcome.error;
  const { ports, answer } = outcome;
  const of = (state: string) => ports.filter((port) => answer.scan.ports.get(port)?.state === state);
  return {
    asked: formatPortRanges(ports),
    open: of('open').map((port) => ({ port })),
    closed: formatPortRanges(of('closed')),
    silent: formatPortRanges(of('silent')),
  };
}

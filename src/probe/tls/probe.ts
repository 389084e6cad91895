import { FailureError } from '../../model/failure.ts';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import type { Dial } from './exchange.ts';
import { observeProtocols } from './observe.ts';
import { serverNameOf, serviceOf } from './service.ts';
import { verify, type Verification } from './verify.ts';

export type TlsProbeOptions = {
  /** Roots in PEM trusted besides Mozilla's: the national and ministry CAs. */
  readonly extraRoots?: readonly string[];
  /** Full handshake against the roots, and the second opinion; default true. */
  readonly verify?: boolean;
  /** Time for one answer after the TCP handshake, ms; default 5,000. */
  readonly answerMs?: number;
};

/** The TLS prober: protocols, suites, certificates and trust of one service on one address. */
export function createTlsProbe(options: TlsProbeOptions = {}): Probe<TlsFacts> {
  return { id: 'tls/1', observe: (request) => observe(request, options) };
}

/** The TLS prober with its defaults. */
export const tlsProbe: Probe<TlsFacts> = createTlsProbe();

async function observe({ target, wire, signal }: ProbeRequest, options: TlsProbeOptions): Promise<TlsFacts> {
  const service = serviceOf(target);
  if (service === undefined) throw new Error(`${target.key} has no TLS service`);
  if (target.address === undefined) throw new FailureError('dns', `${target.name ?? target.key} has no address`);
  const { port, https } = service;
  const sni = serverNameOf(target);
  const dial: Dial = {
    wire,
    address: target.address,
    port,
    ...(target.name === undefined ? {} : { name: target.name }),
    signal,
    answerMs: options.answerMs ?? 5000,
  };
  let verification: Promise<Verification> = Promise.resolve({});
  const seen = await observeProtocols(dial, sni, () => {
    if (options.verify === false) return;
    verification = verify(dial, { sni, extraRoots: options.extraRoots ?? [], https });
    // Awaited below; until then a fault of ours must not count as unhandled.
    verification.catch(() => undefined);
  });
  return { port, ...(sni === undefined ? {} : { sni }), ...seen, ...(await verification) };
}

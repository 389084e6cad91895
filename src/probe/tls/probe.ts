import { FailureError } from '../../model/failure.ts';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import type { Root } from './context.ts';
import { countedDial } from './cut-short.ts';
import { directDial, type Dial } from './exchange.ts';
import { observeProtocols } from './observe.ts';
import { mergeFacts, runParts } from './parts.ts';
import { serverNameOf, serviceOf } from './service.ts';
import { startTlsDial } from './starttls/upgrade.ts';
import type { Verification, VerifyOptions } from './verify.ts';

export type TlsProbeOptions = {
  /** Roots trusted besides Mozilla's: the national and ministry CAs. One given as bare PEM is named by its place. */
  readonly extraRoots?: readonly (string | Root)[];
  /** What is asked beyond versions, suites and chains; default true. */
  readonly deep?: boolean;
  /** JARM too, ten connections; default false. */
  readonly jarm?: boolean;
  /** Full handshake against the roots, and the second opinion; default true. */
  readonly verify?: boolean;
  /** Time for one answer after the TCP handshake, ms; default 5,000. */
  readonly answerMs?: number;
};

/** The TLS prober: protocols, suites, certificates and trust of one service on one address. */
export function createTlsProbe(options: TlsProbeOptions = {}): Probe<TlsFacts> {
  return { id: 'tls/2', observe: (request) => observe(request, options) };
}

/** The TLS prober with its defaults. */
export const tlsProbe: Probe<TlsFacts> = createTlsProbe();

async function observe({ target, wire, signal }: ProbeRequest, options: TlsProbeOptions): Promise<TlsFacts> {
  const found = serviceOf(target);
  if (found === undefined) throw new Error(`${target.key} has no TLS service`);
  if (target.address === undefined) throw new FailureError('dns', `${target.name ?? target.key} has no address`);
  const { port, https, startTls } = found;
  const sni = serverNameOf(target);
  const direct = directDial({
    wire,
    address: target.address,
    port,
    ...(target.name === undefined ? {} : { name: target.name }),
    signal,
    answerMs: options.answerMs ?? 5000,
  });
  const { dial, cutShort } = countedDial(startTls === undefined ? direct : startTlsDial(direct, startTls));
  const extraRoots = rootsOf(options.extraRoots ?? []);
  const deep = options.deep !== false;
  let verification: Promise<Verification> | undefined;
  const onSpeaksTls = () => {
    if (options.verify === false) return;
    verification = startVerification(dial, { sni, extraRoots: extraRoots.map(({ pem }) => pem), https });
    // Awaited below; until then a fault of ours must not count as unhandled.
    verification.catch(() => undefined);
  };
  const seen = await observeProtocols(dial, { sni, agreements: deep, onSpeaksTls });
  const parts = deep ? (await import('./deep-parts.ts')).deepParts({ jarm: options.jarm === true }) : [];
  const context = { dial, sni, seen, target, extraRoots, ...(verification === undefined ? {} : { verification }) };
  const asked = await runParts(context, parts);
  const verified = (await verification)?.facts ?? {};
  const cut = cutShort();
  const service = {
    port,
    ...(sni === undefined ? {} : { sni }),
    ...(startTls === undefined ? {} : { starttls: startTls }),
    protocols: seen.facts.protocols,
    ...(cut === undefined ? {} : { cutShort: cut }),
  };
  return { ...mergeFacts([seen.facts, asked, verified]), ...service };
}

/** The module is loaded when it is wanted: it brings node:https along. */
async function startVerification(dial: Dial, options: VerifyOptions): Promise<Verification> {
  const { verify } = await import('./verify.ts');
  return verify(dial, options);
}

function rootsOf(roots: readonly (string | Root)[]): Root[] {
  return roots.map((root, index) => (typeof root === 'string' ? { name: `root-${index + 1}`, pem: root } : root));
}

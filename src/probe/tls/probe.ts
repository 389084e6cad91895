import { FailureError } from '../../model/failure.ts';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { examineChains } from './chain/examine.ts';
import type { Root } from './context.ts';
import { directDial } from './exchange.ts';
import { probeFaults } from './faults/probe-faults.ts';
import { observeProtocols } from './observe.ts';
import { mergeFacts, runParts } from './parts.ts';
import { serverNameOf, serviceOf } from './service.ts';
import { startTlsDial } from './starttls/upgrade.ts';
import { survey } from './survey/survey.ts';
import { verify, type Verification } from './verify.ts';

export type TlsProbeOptions = {
  /** Roots trusted besides Mozilla's: the national and ministry CAs. One given as bare PEM is named by its place. */
  readonly extraRoots?: readonly (string | Root)[];
  /** What is asked beyond versions, suites and chains; default true. */
  readonly deep?: boolean;
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
  const dial = startTls === undefined ? direct : startTlsDial(direct, startTls);
  const extraRoots = rootsOf(options.extraRoots ?? []);
  let verification: Promise<Verification> = Promise.resolve({});
  const seen = await observeProtocols(dial, sni, () => {
    if (options.verify === false) return;
    verification = verify(dial, { sni, extraRoots: extraRoots.map(({ pem }) => pem), https });
    // Awaited below; until then a fault of ours must not count as unhandled.
    verification.catch(() => undefined);
  });
  const parts = options.deep === false ? [] : [survey, examineChains, probeFaults];
  const asked = await runParts({ dial, sni, seen, target, extraRoots }, parts);
  const service = {
    port,
    ...(sni === undefined ? {} : { sni }),
    ...(startTls === undefined ? {} : { starttls: startTls }),
    protocols: seen.facts.protocols,
  };
  return { ...mergeFacts([seen.facts, asked, await verification]), ...service };
}

function rootsOf(roots: readonly (string | Root)[]): Root[] {
  return roots.map((root, index) => (typeof root === 'string' ? { name: `root-${index + 1}`, pem: root } : root));
}

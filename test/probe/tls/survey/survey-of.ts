import type { TlsFacts } from '../../../../src/model/facts/tls.ts';
import { directDial } from '../../../../src/probe/tls/exchange.ts';
import { observeProtocols } from '../../../../src/probe/tls/observe.ts';
import { mergeFacts } from '../../../../src/probe/tls/parts.ts';
import { survey } from '../../../../src/probe/tls/survey/survey.ts';
import { openWire, serviceTarget } from '../../../servers/tls-wire.ts';

/** Enumeration and survey of one service without the other parts, and what the survey alone cost. */
export async function surveyOf(
  address: string,
  port: number,
  options: { readonly sni?: string | undefined; readonly answerMs?: number } = {},
): Promise<{ readonly facts: TlsFacts; readonly connections: number }> {
  const { sni, answerMs = 3000 } = options;
  const wire = openWire();
  const signal = new AbortController().signal;
  const dial = directDial({ wire, address, port, signal, answerMs });
  const seen = await observeProtocols(dial, { sni, agreements: true, onSpeaksTls: () => undefined });
  const before = wire.costs()[0]?.connections ?? 0;
  const target = serviceTarget(address, port, sni);
  const surveyed = await survey({ dial, sni, seen, target, extraRoots: [] });
  const connections = (wire.costs()[0]?.connections ?? 0) - before;
  const { protocols } = seen.facts;
  return { facts: { port, protocols, ...mergeFacts([seen.facts, surveyed]) }, connections };
}

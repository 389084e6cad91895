import type { TlsFacts } from '../../../../src/model/facts/tls.ts';
import { directDial } from '../../../../src/probe/tls/exchange.ts';
import { probeFaults } from '../../../../src/probe/tls/faults/probe-faults.ts';
import { observeProtocols } from '../../../../src/probe/tls/observe.ts';
import { openWire, webTarget } from '../../../servers/tls-wire.ts';

/** Enumerates a server and asks it about its faults; `connections` are those of the latter. */
export async function observeFaults(
  address: string,
  port: number,
  options: {
    readonly answerMs?: number;
    readonly limits?: { readonly connections: number; readonly perSecond: number };
  } = {},
): Promise<Pick<TlsFacts, 'faults' | 'features'> & { readonly connections: number }> {
  const { answerMs = 2000, limits } = options;
  const wire = openWire(limits);
  const { signal } = new AbortController();
  const dial = directDial({ wire, address, port, name: 'lab.test', signal, answerMs });
  const seen = await observeProtocols(dial, { sni: 'lab.test', agreements: true, onSpeaksTls: () => undefined });
  const before = wire.costs()[0]?.connections ?? 0;
  const target = webTarget(address, { name: 'lab.test', port });
  const facts = await probeFaults({ dial, sni: 'lab.test', seen, target, extraRoots: [] });
  return { ...facts, connections: (wire.costs()[0]?.connections ?? 0) - before };
}

import type { HttpFacts } from '../../../src/model/facts/http.ts';
import { createHttpProbe, type HttpProbeOptions } from '../../../src/probe/http/probe.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';
import type { Permit } from '../../../src/model/permission.ts';

/** Permits the given addresses on every port, without making a test wait for its turn. */
export const permitOnly =
  (...addresses: readonly string[]): Permit =>
  ({ address }) =>
    addresses.includes(address)
      ? { allowed: true, authorisation: 'test', limits: { connections: 64, perSecond: 1000 } }
      : { allowed: false, reason: `${address} is not in scope` };

export const wireTo = (permit: Permit) => createWire({ zone: 'test', userAgent: 'RaSoat/0.1 (+test; run 1)', permit });

export type ObserveWeb = {
  readonly url: string;
  readonly address: string;
  readonly httpUrl?: string;
  readonly name?: string;
  readonly siblings?: readonly string[];
  readonly wire?: ReturnType<typeof wireTo>;
  readonly signal?: AbortSignal;
  readonly options?: HttpProbeOptions;
};

/** One observation of a web endpoint: its chains alone, unpaced unless said, with deadlines that a busy machine still keeps. */
export function observeWeb(web: ObserveWeb): Promise<HttpFacts> {
  const probe = createHttpProbe({
    headersMs: 5000,
    bodyMs: 5000,
    handshakeMs: 5000,
    requestsPerSecond: 1000,
    parts: [],
    ...web.options,
  });
  return probe.observe({
    target: {
      key: `${web.url} [${web.address}]`,
      kind: 'web',
      system: 'sys',
      endpoint: { kind: 'web', url: web.url, ...(web.httpUrl === undefined ? {} : { httpUrl: web.httpUrl }) },
      address: web.address,
      ...(web.name === undefined ? {} : { name: web.name }),
      ...(web.siblings === undefined ? {} : { siblings: web.siblings }),
    },
    wire: web.wire ?? wireTo(permitOnly(web.address)),
    signal: web.signal ?? new AbortController().signal,
  });
}

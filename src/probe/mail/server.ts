import { FailureError, failure, type Failure } from '../../model/failure.ts';
import type { MailServer } from '../../model/facts/mail.ts';
import type { TlsFacts } from '../../model/facts/tls.ts';
import { classify } from '../classify.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { smtpSession } from './smtp-session.ts';

export type ServerOptions = {
  readonly tls: Probe<TlsFacts>;
  readonly port: number;
  /** All the time one server may take, ms. */
  readonly serverMs: number;
  /** From the connection to the answer to EHLO, ms: servers make strangers wait (RFC 5321 section 4.5.3.2 allows minutes). */
  readonly answerMs: number;
};

type Place = { readonly host: string; readonly address: string };

/** Looks at one mail exchanger on one address: what it says, and then its TLS. Never throws for what the server did. */
export async function observeServer(place: Place, request: ProbeRequest, options: ServerOptions): Promise<MailServer> {
  const { wire } = request;
  const { host, address } = place;
  const { port, serverMs, answerMs } = options;
  const limit = AbortSignal.timeout(serverMs);
  const signal = AbortSignal.any([request.signal, limit]);
  const common = { host, address, port };
  const whyUnseen = (error: unknown): Failure => {
    request.signal.throwIfAborted();
    if (error instanceof FailureError) return error.failure;
    return limit.aborted ? failure('timeout', `not finished within ${serverMs} ms`) : classify(error);
  };
  try {
    const socket = await wire.connect(address, port, { name: host, signal });
    const session = await smtpSession(socket, signal, answerMs);
    if (!session.hello.slice(1).some((line) => /^STARTTLS(?: |$)/i.test(line))) return { ...common, ...session };
    const tls = await options.tls.observe({ wire, signal, target: serviceOf(place, request, port) }).then(
      (facts) => ({ tls: facts }),
      (error: unknown) => ({ tlsFailure: whyUnseen(error) }),
    );
    return { ...common, ...session, ...tls };
  } catch (error) {
    return { ...common, failure: whyUnseen(error) };
  }
}

/** The server as the TLS prober knows its targets. */
function serviceOf({ host, address }: Place, { target }: ProbeRequest, port: number): ProbeRequest['target'] {
  return {
    key: `${host}:${port} [${address}]`,
    kind: 'service',
    system: target.system,
    endpoint: target.endpoint,
    name: host,
    address,
    port,
    startTls: 'smtp',
  };
}

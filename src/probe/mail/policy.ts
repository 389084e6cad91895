import { FailureError, failure, type Failure } from '../../model/failure.ts';
import type { PolicyFetch } from '../../model/facts/mail.ts';
import { policyHost } from '../../mail/questions.ts';
import { classify } from '../classify.ts';
import { getAnswer } from '../http/answer.ts';
import type { Connection } from '../http/connection.ts';
import { firstHeader } from '../http/headers.ts';
import { directDial } from '../tls/exchange.ts';
import { handshake, readVerdict } from '../tls/verify.ts';
import type { ProbeRequest } from '../wire/wire.ts';

export type PolicyOptions = {
  readonly port: number;
  /** PEM certificates trusted besides Mozilla's. */
  readonly extraRoots: readonly string[];
  /** Time for the handshake, for the headers and for the body, each, ms. */
  readonly answerMs: number;
};

/** RFC 8461 section 3.3 suggests 64 kilobytes. */
const mostBytes = 65_536;

/**
 * Fetches the MTA-STS policy of a domain (RFC 8461 section 3.3) from the first of the host's addresses that is in scope:
 * one GET, no redirect followed, and none at all where the certificate is not what a sender would accept. Never throws
 * for what the host did.
 */
export async function fetchPolicy(
  domain: string,
  addresses: readonly string[],
  request: ProbeRequest,
  options: PolicyOptions,
): Promise<PolicyFetch> {
  const host = policyHost(domain);
  const { port } = options;
  const url = `https://${host}${port === 443 ? '' : `:${port}`}/.well-known/mta-sts.txt`;
  if (addresses.length === 0) return { url, failure: failure('dns', `${host} has no address`) };
  const address = addresses.find((one) => request.wire.permits(one, port, host).allowed);
  // Asked of the wire all the same, so that the refusal is counted and says why.
  const place = { host, address: address ?? addresses[0] ?? '' };
  const found: PolicyFetch = { url, address: place.address };
  try {
    return { ...found, ...(await fetch(new URL(url), place, request, options)) };
  } catch (error) {
    request.signal.throwIfAborted();
    return { ...found, failure: error instanceof FailureError ? error.failure : classify(error) };
  }
}

async function fetch(
  url: URL,
  { host, address }: { readonly host: string; readonly address: string },
  { wire, signal }: ProbeRequest,
  { port, extraRoots, answerMs }: PolicyOptions,
): Promise<Partial<PolicyFetch>> {
  const dial = directDial({ wire, address, port, name: host, signal, answerMs });
  const startedAt = performance.now();
  const socket = await handshake(dial, { sni: host, extraRoots });
  if (socket === undefined) throw new FailureError(...noHandshake(performance.now() - startedAt, answerMs));
  const verdict = readVerdict(socket, { sni: host, https: false }, address);
  const close = () => {
    socket.destroy();
  };
  if (verdict === undefined) {
    close();
    throw new FailureError('tls', 'no certificate that can be read');
  }
  const { trusted, trustError, nameMatches } = verdict;
  const certificate = { trusted, trustError, nameMatches };
  if (!trusted || !nameMatches) {
    close();
    return { certificate, failure: wrongCertificate(verdict) };
  }
  const connection: Connection = { stream: socket, close };
  try {
    const answer = await getAnswer({
      method: 'GET',
      url,
      headers: { 'User-Agent': wire.userAgent, Accept: 'text/plain', 'Accept-Encoding': 'identity' },
      signal,
      limits: { maxHeaderBytes: 65_536, maxBodyBytes: mostBytes, headersMs: answerMs, bodyMs: answerMs },
      open: () => Promise.resolve(connection),
      wantsBody: ({ status }) => status === 200,
      mayRepeat: () => false,
    });
    const { status, rawHeaders, body, cut } = answer;
    return {
      certificate,
      status,
      contentType: firstHeader(rawHeaders, 'content-type')?.slice(0, 256) ?? null,
      ...(status === 200 ? { body: body.toString('latin1'), ...(cut ? { cut } : {}) } : {}),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { certificate, failure: error instanceof FailureError ? error.failure : classify(error) };
  } finally {
    close();
  }
}

function noHandshake(ms: number, answerMs: number): ConstructorParameters<typeof FailureError> {
  return ms >= answerMs ? ['timeout', `no TLS handshake in ${answerMs} ms`] : ['tls', 'no TLS handshake came about'];
}

function wrongCertificate({ trustError, nameMatches }: { trustError: string | null; nameMatches: boolean }): Failure {
  return failure('tls', trustError ?? (nameMatches ? 'the certificate' : 'the certificate is of another name'));
}

import { connect as tlsConnect, createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';
import { reset } from '../../wire/reset.ts';
import type { TlsFacts } from '../../../model/facts/tls.ts';
import type { HelloAnswer } from '../answer.ts';
import type { TlsContext } from '../context.ts';
import { orNoAnswer } from '../lane.ts';
import { newestInClear } from '../seen.ts';
import { requestedAuthorities } from './certificate-request.ts';
import { waitAtMost } from '../../wire/wait-at-most.ts';

/**
 * Whether the server asks for a certificate of ours, of which authorities, and, where it does, whether it goes on without
 * one, which takes a handshake to its end. Undefined when no flight was read far enough.
 */
export async function clientCertificateFacts(
  context: TlsContext,
  flights: readonly HelloAnswer[],
): Promise<TlsFacts['clientCertificate']> {
  const told = flights.filter(({ rest }) => rest?.done === true || rest?.request !== undefined);
  if (told.length === 0) return undefined;
  const requests = told.flatMap(({ hello, rest }) =>
    rest?.request === undefined ? [] : [requestedAuthorities(rest.request, hello.version) ?? []],
  );
  if (requests.length === 0) return { requested: false, authorities: [] };
  const authorities = [...new Set(requests.flat())].slice(0, 200);
  const required = await isRequired(context);
  return { requested: true, ...(required === undefined ? {} : { required }), authorities };
}

/** Alerts by which a missing certificate is answered, as OpenSSL's error codes end. */
const refusal =
  /ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_REQUIRED|CERTIFICATE_UNKNOWN|ACCESS_DENIED|NO_CERTIFICATE)$/;

/** A handshake in which we have no certificate: true when the server refuses it, false when it goes on. */
async function isRequired(context: TlsContext): Promise<boolean | undefined> {
  const { dial, seen } = context;
  const older = newestInClear(seen);
  // At TLS 1.2 the server's Finished is its word; in TLS 1.3 it comes before our certificate.
  const maxVersion = older === undefined || older.protocol === 'SSLv3' ? 'TLSv1.3' : 'TLSv1.2';
  const answer = await orNoAnswer(dial, () => handshake(context, maxVersion));
  return typeof answer === 'object' ? undefined : answer;
}

async function handshake({ dial, sni }: TlsContext, maxVersion: SecureVersion): Promise<boolean | undefined> {
  const socket = await dial.connect();
  return new Promise((resolve) => {
    let serverAnswered = false;
    const tls = tlsConnect({
      socket,
      host: dial.address,
      ...(sni === undefined ? {} : { servername: sni }),
      secureContext: contextUpTo(maxVersion),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const settle = (result: boolean | undefined) => {
      stopWaiting();
      dial.signal.removeEventListener('abort', giveUp);
      tls.destroy();
      reset(socket);
      resolve(result);
    };
    const giveUp = () => {
      settle(undefined);
    };
    const stopWaiting = waitAtMost(dial.answerMs, giveUp);
    dial.signal.addEventListener('abort', giveUp, { once: true });
    // Keys exist only after the server's flight: an alert before that is not about our certificate.
    tls.once('keylog', () => {
      serverAnswered = true;
    });
    tls.once('secureConnect', () => {
      if (tls.getProtocol() !== 'TLSv1.3') settle(false);
    });
    // A ticket, or data, is sent by a server that is content.
    tls.once('session', () => {
      if (tls.getProtocol() === 'TLSv1.3') settle(false);
    });
    tls.once('data', () => {
      settle(false);
    });
    tls.on('error', (error: Error & { code?: string }) => {
      settle(serverAnswered && refusal.test(error.code ?? '') ? true : undefined);
    });
    tls.once('close', giveUp);
  });
}

const contexts = new Map<SecureVersion, SecureContext>();

/** Speaks all that OpenSSL still has up to a version; trusts nobody, for nothing is judged by it. */
function contextUpTo(maxVersion: SecureVersion): SecureContext {
  const context =
    contexts.get(maxVersion) ??
    createSecureContext({ ca: [], minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' });
  contexts.set(maxVersion, context);
  return context;
}

import { constants } from 'node:crypto';
import { connect as tlsConnect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { onAbort } from '../../wire/on-abort.ts';
import type { Dial } from '../exchange.ts';
import { waitAtMost } from '../../wire/wait-at-most.ts';

export type HandshakeOptions = {
  readonly sni: string | undefined;
  readonly era: Era;
  /** A session to resume, as node:tls gave it. */
  readonly session?: Buffer;
  /** When a session can be resumed later: called each time that the server gives one. */
  readonly onSession?: (session: Buffer) => void;
};

/** `no-ticket`: TLS 1.2 or earlier where the server is told that we keep no tickets. */
export type Era = 'TLSv1.2' | 'no-ticket' | 'TLSv1.3';

/**
 * Finishes a handshake by node:tls, whatever the certificate, gives it to `use`, and ends the connection. Undefined when
 * no handshake came about in time. Throws what `dial.connect` throws.
 */
export async function fullHandshake<T>(
  dial: Dial,
  options: HandshakeOptions,
  use: (socket: TLSSocket) => Promise<T> | T,
): Promise<T | undefined> {
  const socket = await dial.connect();
  const tls = tlsConnect({
    socket,
    host: dial.address,
    ...(options.sni === undefined ? {} : { servername: options.sni }),
    ...(options.session === undefined ? {} : { session: options.session }),
    secureContext: contextOf(options.era),
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  // Heard for the whole life of the socket, so that an error after the handshake is never an unhandled one.
  tls.on('error', () => undefined);
  if (options.onSession !== undefined) tls.on('session', options.onSession);
  const release = onAbort(dial.signal, () => tls.destroy());
  try {
    const done = await within(dial.answerMs, tls, 'secureConnect');
    return done ? await use(tls) : undefined;
  } finally {
    if (!tls.destroyed) await endInOrder(tls);
    release();
    tls.destroy();
    socket.destroy();
  }
}

/** Says goodbye and waits a moment for the server's: OpenSSL forgets the session of a connection that was cut. */
async function endInOrder(tls: TLSSocket): Promise<void> {
  tls.resume();
  tls.end();
  await within(goodbyeMs, tls, 'close');
}

const goodbyeMs = 250;

/** Waits for an event, at most `ms` and no longer than the socket lives; false when it did not come. */
export function within(ms: number, socket: TLSSocket, event: 'secureConnect' | 'session' | 'close'): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (came: boolean) => {
      stopWaiting();
      socket.off(event, onEvent);
      socket.off('close', onClose);
      resolve(came);
    };
    const onEvent = () => {
      settle(true);
    };
    const onClose = () => {
      settle(event === 'close');
    };
    const stopWaiting = waitAtMost(ms, () => {
      settle(false);
    });
    if (event !== 'close') socket.once(event, onEvent);
    socket.once('close', onClose);
    if (socket.destroyed) onClose();
  });
}

const contexts = new Map<Era, SecureContext>();

/** Everything that OpenSSL still speaks, servers without RFC 5746 among it: nothing is judged here. */
function contextOf(era: Era): SecureContext {
  const known = contexts.get(era);
  if (known !== undefined) return known;
  const { SSL_OP_LEGACY_SERVER_CONNECT, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION, SSL_OP_NO_TICKET } = constants;
  const context = createSecureContext({
    ca: [],
    minVersion: era === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1',
    maxVersion: era === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    ciphers: era === 'TLSv1.3' ? 'DEFAULT' : 'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
    secureOptions:
      SSL_OP_LEGACY_SERVER_CONNECT |
      SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION |
      (era === 'no-ticket' ? SSL_OP_NO_TICKET : 0),
  });
  contexts.set(era, context);
  return context;
}

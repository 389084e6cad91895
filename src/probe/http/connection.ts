import { constants, type X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect, createSecureContext, type SecureContext } from 'node:tls';
import { FailureError } from '../../model/failure.ts';
import type { Wire } from '../wire/wire.ts';
import { codeOf } from './failures.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

/** Where a URL's host lives: the address to dial, and the name by which the authorisation knows it. */
export type Place = { readonly address: string; readonly name?: string };

/** An open connection ready for HTTP. `close` ends it at once and frees the slot at the address. */
export type Connection = {
  readonly stream: Socket;
  readonly close: () => void;
  /** The certificate shown, while the connection is open; absent without TLS. */
  readonly certificate?: () => X509Certificate | undefined;
};

export type ConnectionContext = {
  readonly wire: Wire;
  readonly signal: AbortSignal;
  /** Time for the TLS handshake. */
  readonly handshakeMs: number;
};

/** The TCP port that a URL means. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/**
 * Opens the connection for a URL, through the wire and with TLS where the URL says so. Certificates are not verified
 * and obsolete versions are accepted: judging TLS is another probe's work, this one must still read old servers.
 * Throws FailureError: the wire's, or `tls` when no handshake could be completed.
 */
export async function openConnection(url: URL, place: Place, context: ConnectionContext): Promise<Connection> {
  const { wire, signal } = context;
  const named = place.name === undefined ? {} : { name: place.name };
  const dial = async () => {
    const socket = await wire.connect(place.address, portOf(url), { ...named, signal });
    socket.on('error', () => undefined);
    return socket;
  };
  if (url.protocol === 'http:') {
    const socket = await dial();
    return { stream: socket, close: () => socket.destroy() };
  }
  try {
    return await secure(await dial(), url.hostname, lenient('common'), context);
  } catch (error) {
    // Refused for what was offered: perhaps it has none of the common groups.
    if (!(error instanceof FailureError && error.message.includes('HANDSHAKE_FAILURE'))) throw error;
    return secure(await dial(), url.hostname, lenient('all'), context);
  }
}

/**
 * The groups that servers have. OpenSSL's own list begins with a share of ML-KEM, made anew for every connection: a quarter of
 * the time of a handshake, here and at the server.
 */
const commonGroups = 'X25519:secp256r1:secp384r1:secp521r1:X448:ffdhe2048:ffdhe3072';

const madeOnce: Partial<Record<'common' | 'all', SecureContext>> = {};

/** One for all: making it anew costs as much as a tenth of a request. It holds no sessions of its own. */
function lenient(groups: 'common' | 'all'): SecureContext {
  return (madeOnce[groups] ??= createSecureContext({
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
    ...(groups === 'common' ? { ecdhCurve: commonGroups } : {}),
    // Servers from before RFC 5746, which OpenSSL 3 refuses to talk to unasked.
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  }));
}

function secure(
  socket: Socket,
  host: string,
  secureContext: SecureContext,
  { signal, handshakeMs }: ConnectionContext,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const stream = tlsConnect({
      socket,
      // SNI carries names only, without the root dot (RFC 6066 §3).
      ...(isIP(bare(host)) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      secureContext,
      minDHSize: 1,
    });
    let settled = false;
    const close = () => {
      stream.destroy();
      socket.destroy();
    };
    const settle = () => {
      settled = true;
      stopWaiting();
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: FailureError) => {
      settle();
      close();
      reject(error);
    };
    const onAbort = () => {
      fail(new FailureError('not-run', 'stopped during the TLS handshake'));
    };
    const stopWaiting = waitAtMost(handshakeMs, () => {
      fail(new FailureError('timeout', `no TLS handshake in ${handshakeMs} ms`));
    });
    stream.on('error', (error: Error) => {
      if (settled) return;
      fail(new FailureError('tls', `${codeOf(error) ?? 'error'}: ${error.message}`));
    });
    stream.once('close', () => {
      // An error takes its trace with it, so none is made at the end of every good connection.
      if (settled) return;
      fail(new FailureError('tls', 'the connection was closed during the TLS handshake'));
    });
    stream.once('secureConnect', () => {
      settle();
      resolve({ stream, close, certificate: () => stream.getPeerX509Certificate() });
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** A URL's host without the brackets of an IPv6 literal. */
export function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

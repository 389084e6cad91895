import { X509Certificate } from 'node:crypto';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Dial } from './exchange.ts';
import { orNoAnswer } from './lane.ts';
import { secondOpinion } from './second-opinion.ts';
import { namesHost, trustContext } from './trust.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

export type Verification = {
  readonly facts: Pick<TlsFacts, 'verified' | 'secondOpinion'>;
  /** Sessions that the server gave at TLS 1.3, newest first, as node:tls has them. */
  readonly sessions: readonly Buffer[];
};

export type VerifyOptions = {
  readonly sni: string | undefined;
  /** PEM certificates trusted besides Mozilla's. */
  readonly extraRoots: readonly string[];
  /** The service is a web server, so ssl-checker may read it over the same connection. */
  readonly https: boolean;
};

/**
 * A full handshake by node:tls, and over the same connection the second opinion. Empty where the handshake does not come
 * about: OpenSSL cannot speak what some servers do, and that says nothing of their certificates.
 */
export async function verify(dial: Dial, options: VerifyOptions): Promise<Verification> {
  const sessions: Buffer[] = [];
  const socket = await orNoAnswer(dial, () => handshake(dial, options));
  if (socket === undefined || 'kind' in socket) return { facts: {}, sessions };
  try {
    if (socket.getProtocol() === 'TLSv1.3') socket.on('session', (session: Buffer) => sessions.unshift(session));
    const verified = readVerdict(socket, options, dial.address);
    if (verified === undefined) return { facts: {}, sessions };
    const opinion = options.https ? await secondOpinion(dial, socket, options.sni) : undefined;
    return { facts: { verified, ...(opinion === undefined ? {} : { secondOpinion: opinion }) }, sessions };
  } finally {
    socket.destroy();
  }
}

/** A finished handshake, or undefined when there was none in time. */
export async function handshake(
  dial: Dial,
  { sni, extraRoots }: Omit<VerifyOptions, 'https'>,
): Promise<TLSSocket | undefined> {
  const { address, signal } = dial;
  const socket = await dial.connect();
  return new Promise((resolve) => {
    const tls = tlsConnect({
      socket,
      host: address,
      ...(sni === undefined ? {} : { servername: sni }),
      secureContext: trustContext(extraRoots),
      rejectUnauthorized: false,
      // The name is judged by namesHost, so that an untrusted chain and a wrong name are told apart.
      checkServerIdentity: () => undefined,
    });
    const settle = (result: TLSSocket | undefined) => {
      stopWaiting();
      signal.removeEventListener('abort', giveUp);
      if (result === undefined) {
        tls.destroy();
        socket.destroy();
      }
      resolve(result);
    };
    const giveUp = () => {
      settle(undefined);
    };
    const stopWaiting = waitAtMost(dial.answerMs, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    tls.once('secureConnect', () => {
      settle(tls);
    });
    tls.on('error', giveUp);
    tls.once('close', giveUp);
  });
}

/** What a finished handshake says of the certificate; undefined when none was sent. */
export function readVerdict(
  socket: TLSSocket,
  { sni, https }: Pick<VerifyOptions, 'sni' | 'https'>,
  address: string,
): TlsFacts['verified'] {
  const leaf = leafOf(socket, https);
  if (leaf === undefined) return undefined;
  return {
    trusted: socket.authorized,
    trustError: socket.authorized ? null : trustError(socket),
    nameMatches: namesHost(leaf, { name: sni, address }),
    protocol: (socket.getProtocol() ?? 'unknown').replace(/^TLSv1$/, 'TLSv1.0'),
  };
}

/**
 * By its DER: in Node 24.21 getPeerX509Certificate leaves every later getPeerCertificate empty, and ssl-checker needs that.
 */
function leafOf(socket: TLSSocket, whole: boolean): X509Certificate | undefined {
  // Typed as always there, but null after the socket closed and empty when the server sent none.
  const peer = socket.getPeerCertificate(whole) as ReturnType<TLSSocket['getPeerCertificate']> | null;
  const { raw } = (peer as { raw?: Buffer } | null) ?? {};
  // The second reader asks for the whole again, and to make it costs a third of the handshake.
  if (whole && peer !== null) Object.defineProperty(socket, 'getPeerCertificate', { value: () => peer });
  if (raw === undefined) return undefined;
  try {
    return new X509Certificate(raw);
  } catch {
    return undefined;
  }
}

/** node:tls puts OpenSSL's word (`CERT_HAS_EXPIRED`) here as a string, though typed as an Error. */
function trustError(socket: TLSSocket): string {
  const error: unknown = socket.authorizationError;
  const word = error instanceof Error ? ((error as { code?: unknown }).code ?? error.message) : error;
  return String(word).slice(0, 120);
}

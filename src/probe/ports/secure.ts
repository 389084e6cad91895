import { isIP, type Socket } from 'node:net';
import { connect as startTls, type TLSSocket } from 'node:tls';
import { waitAtMost } from '../wire/wait-at-most.ts';

const handshakeMs = 4000;

/**
 * A handshake that accepts any version, suite and certificate: what is judged here is only that TLS is spoken. A boolean
 * says so of a handshake that could not be completed; null: neither was seen.
 */
export function secure(
  socket: Socket,
  { name, signal }: { readonly name?: string; readonly signal: AbortSignal },
): Promise<TLSSocket | boolean | null> {
  return new Promise((resolve) => {
    const tls = startTls({
      socket,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
      ALPNProtocols: ['http/1.1'],
      ...(name === undefined || isIP(name) !== 0 ? {} : { servername: name }),
    });
    const stop = () => {
      tls.destroy();
      resolve(null);
    };
    const stopWaiting = waitAtMost(handshakeMs, stop);
    signal.addEventListener('abort', stop, { once: true });
    tls.once('close', () => {
      stopWaiting();
      signal.removeEventListener('abort', stop);
      resolve(null);
    });
    tls.on('error', (error: NodeJS.ErrnoException) => {
      resolve(spokeTls(error.code));
    });
    tls.once('secureConnect', () => {
      stopWaiting();
      signal.removeEventListener('abort', stop);
      resolve(tls);
    });
  });
}

/** What a failed handshake tells: an alert or a hello we cannot finish is TLS, bytes of another protocol are not. */
function spokeTls(code: string | undefined): boolean | null {
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') return false;
  if (code === 'ERR_SSL_HTTP_REQUEST' || code === 'ERR_SSL_RECORD_TOO_SMALL') return false;
  return code?.startsWith('ERR_SSL_') === true ? true : null;
}

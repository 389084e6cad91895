import type { TLSSocket } from 'node:tls';
import { waitAtMost } from '../../wire/wait-at-most.ts';

/**
 * Asks once for a renegotiation on a finished handshake of TLS 1.2 or earlier. An alert, a close, and a request that is
 * passed over in silence (Netty's way) are all a refusal. Never called twice on a host: repeated it would be an attack.
 */
export function renegotiates(socket: TLSSocket, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (carriedOut: boolean) => {
      stopWaiting();
      socket.off('close', onClose);
      socket.off('error', onClose);
      resolve(carriedOut);
    };
    const onClose = () => {
      settle(false);
    };
    const stopWaiting = waitAtMost(ms, onClose);
    socket.once('close', onClose);
    socket.once('error', onClose);
    socket.renegotiate({ rejectUnauthorized: false }, (error) => {
      settle(error === null);
    });
  });
}

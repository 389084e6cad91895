import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import { classify } from '../classify.ts';
import { waitAtMost } from './wait-at-most.ts';

export type DatagramOptions = {
  readonly signal?: AbortSignal;
  /** Time for an answer that is accepted; default 3,000 ms. */
  readonly timeoutMs?: number;
  /** Whether a datagram from that address and port is the answer waited for; others are passed over. Default: any is. */
  readonly accept?: (answer: Buffer) => boolean;
};

/** How much of what was sent and heard, for the counts. */
export type Traffic = { readonly sent: (bytes: number) => void; readonly received: (bytes: number) => void };

const answerMs = 3000;
/** A port that throws datagrams at us is not listened to for ever. */
const mostDatagrams = 32;

/**
 * Sends one datagram from a random port and returns the first accepted answer from that address and port; the kernel
 * drops what comes from elsewhere, for the socket is connected. Throws FailureError: `timeout`, `refused`, `unreachable`.
 */
export function askDatagram(
  address: string,
  port: number,
  payload: Buffer,
  options: DatagramOptions,
  traffic: Traffic,
): Promise<Buffer> {
  const { signal, accept = () => true } = options;
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let heard = 0;
    let ended = false;
    const end = (conclude: () => void) => {
      if (ended) return;
      ended = true;
      stopWaiting();
      signal?.removeEventListener('abort', onAbort);
      socket.close();
      conclude();
    };
    const fail = (error: Error) => {
      end(() => {
        reject(error);
      });
    };
    const onError = (error: Error) => {
      fail(new FailureError(classify(error).code, `${address} UDP port ${port}: ${error.message}`));
    };
    const onAbort = () => {
      const reason: unknown = signal?.reason;
      fail(reason instanceof Error ? reason : new FailureError('not-run', 'stopped'));
    };
    const stopWaiting = waitAtMost(options.timeoutMs ?? answerMs, () => {
      fail(new FailureError('timeout', `${address} UDP port ${port}: no answer`));
    });
    socket.on('error', onError);
    socket.on('message', (answer) => {
      traffic.received(answer.length);
      heard += 1;
      if (accept(answer)) {
        end(() => {
          resolve(answer);
        });
      } else if (heard >= mostDatagrams) {
        fail(new FailureError('protocol', `${address} UDP port ${port}: ${heard} datagrams, none an answer`));
      }
    });
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.connect(port, address, (error?: Error) => {
      if (ended) return;
      if (error !== undefined) {
        onError(error);
        return;
      }
      traffic.sent(payload.length);
      socket.send(payload, (failed) => {
        if (failed !== null) onError(failed);
      });
    });
  });
}

import type { Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import { reset } from '../wire/reset.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

const answerMs = 5000;

/**
 * Sends one query over TCP and gives the messages that come back, each after its two bytes of length (RFC 1035, 4.2.2);
 * whoever has heard enough leaves the loop, which ends the connection. Throws FailureError `timeout` when nothing more comes.
 */
export async function* readMessages(socket: Socket, query: Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  const onAbort = () => {
    socket.destroy(signal.reason as Error);
  };
  const stopWaiting = waitAtMost(answerMs, () => {
    socket.destroy(new FailureError('timeout', 'no DNS answer over TCP'));
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
    let kept: Buffer = Buffer.alloc(0);
    for await (const chunk of socket) {
      kept = Buffer.concat([kept, chunk as Buffer]);
      while (kept.length >= 2 && kept.length >= 2 + kept.readUInt16BE(0)) {
        const end = 2 + kept.readUInt16BE(0);
        yield kept.subarray(2, end);
        kept = kept.subarray(end);
      }
    }
  } finally {
    stopWaiting();
    signal.removeEventListener('abort', onAbort);
    reset(socket);
  }
}

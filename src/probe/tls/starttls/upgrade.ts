import type { Socket } from 'node:net';
import { reset } from '../../wire/reset.ts';
import { FailureError } from '../../../model/failure.ts';
import type { StartTls } from '../../../model/facts/tls.ts';
import type { Dial } from '../exchange.ts';
import { createConversation, type Turn } from './conversation.ts';
import { waitAtMost } from '../../wire/wait-at-most.ts';

/**
 * Carries the clear dialogue on a connected socket up to where a ClientHello may be sent; the caller then reads the
 * socket at once (no byte is lost before the next turn of the event loop). Throws FailureError: `tls` (refused, not
 * offered), `blocked` (turned away), `protocol` (another protocol, ended midway), `refused` (ended without a word); and
 * the signal's reason. The socket is left to the caller in every case. `offered`: this service offered it before.
 */
export function upgrade(
  socket: Socket,
  protocol: StartTls,
  host: string,
  signal: AbortSignal,
  offered = false,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const conversation = createConversation(protocol, { host, offered });
    let heard = false;
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('end', onEnd).off('error', onEnd).off('close', onEnd);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error) => {
      settle(() => {
        reject(error);
      });
    };
    const take = (next: () => Turn) => {
      try {
        const { send, done } = next();
        if (send !== undefined) socket.write(send);
        if (done) settle(resolve);
      } catch (error) {
        fail(error as Error);
      }
    };
    const onData = (bytes: Buffer) => {
      heard = true;
      take(() => conversation.hear(bytes));
    };
    const onEnd = () => {
      fail(new FailureError(heard ? 'protocol' : 'refused', `${protocol}: the connection ended before STARTTLS`));
    };
    const onAbort = () => {
      fail(signal.reason as Error);
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    if (socket.destroyed) {
      onEnd();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd);
    take(conversation.start);
  });
}

/**
 * A dial whose every connection has the clear dialogue behind it, in the time of one answer. After the first success the
 * server is not asked again what it offers, where the protocol's standard does without.
 */
export function startTlsDial(dial: Dial, protocol: StartTls): Dial {
  const host = dial.name ?? dial.address;
  let offered = false;
  const connect = async (): Promise<Socket> => {
    const socket = await dial.connect();
    const limit = new AbortController();
    const stop = () => {
      limit.abort(dial.signal.reason);
    };
    const stopWaiting = waitAtMost(dial.answerMs, () => {
      limit.abort(new FailureError('timeout', `${protocol}: no end of the dialogue before STARTTLS`));
    });
    if (dial.signal.aborted) stop();
    else dial.signal.addEventListener('abort', stop, { once: true });
    try {
      await upgrade(socket, protocol, host, limit.signal, offered);
      offered = true;
      return socket;
    } catch (error) {
      reset(socket);
      throw error;
    } finally {
      stopWaiting();
      dial.signal.removeEventListener('abort', stop);
    }
  };
  return { ...dial, connect };
}

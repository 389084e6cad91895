import { onAbort } from '../../wire/on-abort.ts';
import { reset } from '../../wire/reset.ts';
import { waitAtMost } from '../../wire/wait-at-most.ts';
import type { Dial } from '../exchange.ts';
import { flightLimit } from '../flight.ts';
import { createAccumulator } from '../wire/accumulator.ts';
import { contentType } from '../wire/record.ts';

/** What came next on a connection. */
export type Heard =
  | { readonly kind: 'record'; readonly type: number; readonly body: Buffer }
  /** A record of the type that was asked for by its header alone: its body is not looked at and not kept. */
  | { readonly kind: 'header'; readonly length: number }
  | { readonly kind: 'ended'; readonly by: 'fin' | 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'not-tls' };

/** A connection on which several things are said in turn. */
export type Conversation = {
  readonly say: (...parts: readonly Buffer[]) => void;
  /**
   * The next record, within `ms`. The first record of type `headerOf` is told by its length as soon as its header is
   * there, and ends the reading for good.
   */
  readonly hear: (ms: number, headerOf?: number) => Promise<Heard>;
};

/** The largest body any version allows. */
const largestBody = 18_432;

/**
 * Opens a connection, talks, and resets it whatever happened. Throws what `dial.connect` throws, and the signal's reason
 * when it is aborted.
 */
export async function converse<T>(dial: Dial, talk: (conversation: Conversation) => Promise<T>): Promise<T> {
  const { signal } = dial;
  const socket = await dial.connect();
  const bytes = createAccumulator();
  let received = 0;
  let ending: 'fin' | 'reset' | undefined;
  let wake: (() => void) | undefined;
  const end = (by: 'fin' | 'reset') => {
    ending ??= by;
    wake?.();
  };
  socket.on('data', (piece: Buffer) => {
    received += piece.length;
    if (received > flightLimit) socket.destroy();
    else bytes.push(piece);
    wake?.();
  });
  socket.on('end', () => {
    end('fin');
  });
  socket.on('error', () => {
    end('reset');
  });
  socket.on('close', () => {
    end('reset');
  });
  const release = onAbort(signal, () => {
    dial.unanswered?.('not-run');
    end('reset');
  });

  const next = (headerOf: number | undefined): Heard | undefined => {
    const header = bytes.peek(5);
    if (header === undefined) return undefined;
    const type = header.readUInt8(0);
    const length = header.readUInt16BE(3);
    const isTls = type >= contentType.changeCipherSpec && type <= contentType.heartbeat && header[1] === 3;
    if (!isTls || length > largestBody) return { kind: 'not-tls' };
    if (type === headerOf) return { kind: 'header', length };
    const whole = bytes.take(5 + length);
    return whole === undefined ? undefined : { kind: 'record', type, body: whole.subarray(5) };
  };

  const hear = async (ms: number, headerOf?: number): Promise<Heard> => {
    const wait = { isOver: false };
    const stopWaiting = waitAtMost(ms, () => {
      wait.isOver = true;
      wake?.();
    });
    try {
      for (;;) {
        signal.throwIfAborted();
        const heard = next(headerOf);
        if (heard !== undefined) return heard;
        if (ending !== undefined) return { kind: 'ended', by: ending };
        if (wait.isOver) return { kind: 'silence' };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stopWaiting();
    }
  };

  const say = (...parts: readonly Buffer[]) => {
    if (ending === undefined) socket.write(Buffer.concat(parts));
  };

  try {
    return await talk({ say, hear });
  } finally {
    release();
    reset(socket);
  }
}

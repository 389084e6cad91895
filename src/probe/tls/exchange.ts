import type { Socket } from 'node:net';
import { onAbort } from '../wire/on-abort.ts';
import { reset } from '../wire/reset.ts';
import type { Wire } from '../wire/wire.ts';
import type { FailureCode } from '../../model/failure.ts';
import type { Answer, Ending, FlightReader } from './answer.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

/** Where hellos go, and how long an answer may take (ms, after the TCP handshake). */
export type Dial = {
  readonly wire: Wire;
  readonly address: string;
  readonly port: number;
  readonly name?: string;
  readonly signal: AbortSignal;
  readonly answerMs: number;
  /**
   * A connection on which the next byte sent is the first of TLS: `wire.connect`, and where the protocol wants it the
   * upgrade command. Throws FailureError.
   */
  readonly connect: () => Promise<Socket>;
  /** Told of each question that was put and got no answer. */
  readonly unanswered?: (code: FailureCode) => void;
};

/** A dial to a service that speaks TLS from the first byte. */
export function directDial(options: Omit<Dial, 'connect'>): Dial {
  const { wire, address, port, name, signal } = options;
  return {
    ...options,
    connect: () => wire.connect(address, port, { signal, ...(name === undefined ? {} : { name }) }),
  };
}

/**
 * One connection: sends `hello`, reads until the flight gives an answer, and resets the connection, so that neither side
 * keeps it. Throws what `dial.connect` throws, and the signal's reason when it is aborted.
 */
export async function exchange(dial: Dial, hello: Buffer, flight: FlightReader): Promise<Answer> {
  const { signal } = dial;
  const socket = await dial.connect();
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      stopWaiting();
      release();
      reset(socket);
      finish();
    };
    const end = (ending: Ending) => {
      settle(() => {
        const answer = flight.end(ending);
        if (answer.kind === 'timeout') dial.unanswered?.('timeout');
        resolve(answer);
      });
    };
    const stop = () => {
      settle(() => {
        dial.unanswered?.('not-run');
        reject(signal.reason as Error);
      });
    };
    const release = onAbort(signal, stop);
    const stopWaiting = waitAtMost(dial.answerMs, () => {
      end('timeout');
    });
    socket.on('data', (bytes: Buffer) => {
      if (settled) return;
      const answer = flight.push(bytes);
      if (answer !== undefined) {
        settle(() => {
          resolve(answer);
        });
      }
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
    if (signal.aborted) {
      stop();
      return;
    }
    socket.write(hello);
  });
}

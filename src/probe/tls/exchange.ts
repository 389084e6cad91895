import type { Socket } from 'node:net';
import { reset } from '../wire/reset.ts';
import type { Wire } from '../wire/wire.ts';
import type { Answer, Ending, FlightReader } from './answer.ts';

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
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      reset(socket);
      finish();
    };
    const end = (ending: Ending) => {
      settle(() => {
        resolve(flight.end(ending));
      });
    };
    const onAbort = () => {
      settle(() => {
        reject(signal.reason as Error);
      });
    };
    const timer = setTimeout(end, dial.answerMs, 'timeout');
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
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    socket.write(hello);
  });
}

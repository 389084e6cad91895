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
};

/**
 * One connection: sends `hello`, reads until the flight gives an answer, and resets the connection, so that neither side
 * keeps it. Throws what `wire.connect` throws, and the signal's reason when it is aborted.
 */
export async function exchange(dial: Dial, hello: Buffer, flight: FlightReader): Promise<Answer> {
  const { wire, address, port, name, signal } = dial;
  const socket = await wire.connect(address, port, { signal, ...(name === undefined ? {} : { name }) });
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.resetAndDestroy();
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

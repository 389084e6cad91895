import type { Socket } from 'node:net';
import { FailureError } from '../../../model/failure.ts';
import type { Wire } from '../../wire/wire.ts';
import { listen } from '../listen.ts';
import { secure } from '../secure.ts';

/** One open port that may be asked something more. */
export type Dial = {
  readonly address: string;
  readonly port: number;
  readonly wire: Wire;
  readonly name?: string;
  readonly signal: AbortSignal;
};

/** A reader of an answer: a value, `more` while it is not whole, undefined when it is nothing of the kind. */
export type Reader<T> = (bytes: Buffer) => T | 'more' | undefined;

const answerMs = 3000;
const totalMs = 5000;
const longestAnswer = 65_536;

/**
 * Opens one connection, says `words` and reads what comes until the reader has it. Undefined when the port no longer lets
 * us in, nothing came, or it was something else. Throws only what is our own fault.
 */
export async function converse<T>(
  dial: Dial,
  words: Buffer | undefined,
  read: Reader<T>,
  tls = false,
): Promise<T | undefined> {
  const socket = await open(dial);
  if (socket === undefined) return undefined;
  try {
    const stream = tls ? await secure(socket, dial) : socket;
    if (stream === null || typeof stream === 'boolean') return undefined;
    if (words !== undefined) stream.write(words);
    return await hear(stream, dial.signal, read);
  } finally {
    socket.destroy();
  }
}

/** Reads from an open connection until the reader has what it wants. */
export async function hear<T>(stream: Socket, signal: AbortSignal, read: Reader<T>): Promise<T | undefined> {
  const enough = (bytes: Buffer) => read(bytes) !== 'more';
  const bytes = await listen(stream, {
    firstMs: answerMs,
    totalMs,
    quietMs: answerMs,
    signal,
    enough,
    maxBytes: longestAnswer,
  });
  const answer = read(bytes);
  return answer === 'more' ? undefined : answer;
}

/** The open socket, or undefined where the port no longer lets us in: it was open a moment ago, and that stands. */
export async function open({ address, port, wire, name, signal }: Dial): Promise<Socket | undefined> {
  try {
    return await wire.connect(address, port, { signal, ...(name === undefined ? {} : { name }) });
  } catch (error) {
    if (error instanceof FailureError || signal.aborted) return undefined;
    throw error;
  }
}

import { createAccumulator } from '../wire/accumulator.ts';
import { garbage } from './refusal.ts';

/** Most bytes heard in one dialogue; a greeting and a list of capabilities are a few hundred. */
export const dialogueLimit = 32_768;

/** One message at the front of the bytes heard, and how many bytes it took. */
export type Taken<T> = { readonly value: T; readonly length: number };

/** Reads one message: undefined while it is not whole. Throws FailureError as soon as it cannot become one. */
export type Take<T> = (heard: Buffer) => Taken<T> | undefined;

/** A piece of dialogue: yields what to send, or undefined to hear more, and is resumed with the bytes heard next. */
export type Turns<T> = Generator<Buffer | undefined, T, Buffer>;

/** What was heard and not yet read. */
export type Ear = {
  /** The next message, sending nothing. */
  readonly hear: <T>(take: Take<T>) => Turns<T>;
  /** Sends and hears the answer. Throws when something unread was said before: it would be taken for the answer. */
  readonly ask: <T>(words: Buffer | string, take: Take<T>) => Turns<T>;
  /** As `ask`, in a protocol whose answers carry the question's tag. */
  readonly askTagged: <T>(words: string, take: Take<T>) => Turns<T>;
  /** What was said beyond the last message read. */
  readonly unread: () => Buffer;
};

export function createEar(): Ear {
  const bytes = createAccumulator();
  let total = 0;

  const unread = (): Buffer => bytes.peek(bytes.size()) ?? Buffer.alloc(0);
  const push = (piece: Buffer): void => {
    total += piece.length;
    if (total > dialogueLimit) throw garbage(`more than ${dialogueLimit} bytes`, unread());
    bytes.push(piece);
  };

  function* hear<T>(take: Take<T>): Turns<T> {
    for (;;) {
      const taken = bytes.size() === 0 ? undefined : take(unread());
      if (taken !== undefined) {
        bytes.take(taken.length);
        return taken.value;
      }
      push(yield undefined);
    }
  }

  function* askTagged<T>(words: Buffer | string, take: Take<T>): Turns<T> {
    push(yield Buffer.from(words));
    return yield* hear(take);
  }

  function* ask<T>(words: Buffer | string, take: Take<T>): Turns<T> {
    if (bytes.size() > 0) throw garbage('something that was not asked for', unread());
    return yield* askTagged(words, take);
  }

  return { hear, ask, askTagged, unread };
}

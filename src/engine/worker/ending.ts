/** What a worker that ends still has for telling what it saw and giving back. */
const farewellMs = 3000;

/** How a worker comes to its end: somebody asks it to, or something breaks that no part of it can deal with. */
export type Ending = {
  /** Neither asked to end nor broken. */
  readonly goesOn: () => boolean;
  /** The worker ends by this error, unless it does by an earlier one. */
  readonly breakBy: (error: unknown) => void;
  /** A loop failed. Neither goes on without the other. */
  readonly endBoth: (error: unknown) => void;
  /** Aborted when a loop failed. */
  readonly ended: AbortSignal;
  /** Aborted then, or when the worker is asked to end. */
  readonly until: AbortSignal;
  /** Aborted a while after the worker was asked to end. */
  readonly farewell: AbortSignal;
  /** No longer listens to who asks. */
  readonly close: () => void;
  /** Throws what it broke by; nothing where it did not. */
  readonly throwBroken: () => void;
};

export function createEnding(
  signal: AbortSignal,
  { stopAll, ring }: { readonly stopAll: (reason: string) => void; readonly ring: () => void },
): Ending {
  const farewell = new AbortController();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let broken: { readonly error: unknown } | undefined;
  const onStop = () => {
    stopAll('the worker ends');
    setTimeout(() => {
      farewell.abort(new Error('the worker ends'));
    }, farewellMs).unref();
  };
  signal.addEventListener('abort', onStop, { once: true });
  return {
    goesOn: () => !signal.aborted && broken === undefined,
    breakBy: (error) => {
      broken ??= { error };
    },
    endBoth: (error) => {
      if (!signal.aborted && !until.aborted) broken ??= { error };
      ended.abort(error);
      ring();
    },
    ended: ended.signal,
    until,
    farewell: farewell.signal,
    close: () => {
      signal.removeEventListener('abort', onStop);
    },
    throwBroken: () => {
      if (broken !== undefined) throw broken.error;
    },
  };
}

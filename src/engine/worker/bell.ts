/** Rung whenever there may be room or leave for another lane. One waits for it, and nobody hears what rang before. */
export type Bell = {
  readonly ring: () => void;
  readonly rung: () => Promise<void>;
};

export function createBell(): Bell {
  let wake: () => void = () => undefined;
  return {
    ring: () => {
      wake();
    },
    rung: () => new Promise<void>((resolve) => (wake = resolve)),
  };
}

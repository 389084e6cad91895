import pLimit from 'p-limit';

/** What a run tells while it works. */
export type Progress = {
  readonly done: number;
  readonly total: number;
  readonly inFlight: number;
  readonly elapsedMs: number;
};

export type WorkOptions<Item> = {
  readonly items: readonly Item[];
  /** Items of one lane are done one after the other (one address is one lane). */
  readonly laneOf: (item: Item) => string;
  /** How many lanes are under way at once: a fleet goes wide, never deep. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  /** Does one item and stores what came of it. A throw that is not the stop itself ends the run. */
  readonly work: (item: Item) => Promise<void>;
  readonly onProgress?: (progress: Progress) => void;
};

/** Works through the items in this process. Returns when all are done or the signal stopped it. */
export async function workThrough<Item>(options: WorkOptions<Item>): Promise<{ readonly stopped: boolean }> {
  const lanes = [...Map.groupBy(options.items, options.laneOf).values()];
  const limit = pLimit(options.atOnce);
  const startedAt = performance.now();
  let done = 0;
  let inFlight = 0;
  let broken = false;
  const tell = () =>
    options.onProgress?.({ done, total: options.items.length, inFlight, elapsedMs: performance.now() - startedAt });

  async function one(item: Item): Promise<void> {
    inFlight += 1;
    tell();
    try {
      await options.work(item);
      done += 1;
    } catch (error) {
      if (options.signal.aborted) return;
      broken = true;
      throw error;
    } finally {
      inFlight -= 1;
      tell();
    }
  }

  await Promise.all(
    lanes.map((lane) =>
      limit(async () => {
        for (const item of lane) {
          if (options.signal.aborted || broken) return;
          await one(item);
        }
      }),
    ),
  );
  return { stopped: done < options.items.length };
}

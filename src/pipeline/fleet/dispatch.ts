import type { LaneJob, LaneQueue } from '../../engine/queue/lane-queue.ts';
import type { Failure } from '../../model/failure.ts';
import type { Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { laneOf } from '../work.ts';

/** Lanes sent between two signs of life of whoever sends. */
const atATime = 2000;

export type Dispatching = { readonly store: Store; readonly queue: LaneQueue };

/** Sends the lanes of a run that was created with `starter`. Died halfway, any process goes on (`mendDispatch`). */
export async function dispatchRun(
  { store, queue }: Dispatching,
  run: { readonly id: string; readonly zone: string },
  targets: readonly Target[],
  unresolved: ReadonlyMap<string, Failure>,
): Promise<void> {
  const lanes = lanesOf(run.id, targets, unresolved);
  for (let from = 0; from < lanes.length; from += atATime) {
    await queue.send(run.zone, lanes.slice(from, from + atATime));
    await store.setDispatch(run.id, 'sending');
  }
  await store.setDispatch(run.id, 'sent');
}

/**
 * Sends the lanes of waiting targets that nobody would take: those never sent, and those whose job is gone or ended (a store
 * put back from a backup beside a queue that was not). Gives how many; doing it twice does nothing.
 */
export async function mendDispatch(
  { store, queue }: Dispatching,
  run: { readonly id: string; readonly zone: string },
): Promise<number> {
  const lanes = lanesOf(run.id, await store.targets(run.id, 'waiting'), new Map());
  let sent = 0;
  for (let from = 0; from < lanes.length; from += atATime) {
    const missing = await queue.missing(run.zone, lanes.slice(from, from + atATime));
    await queue.mend(run.zone, missing);
    await store.setDispatch(run.id, 'sending');
    sent += missing.length;
  }
  await store.setDispatch(run.id, 'sent');
  return sent;
}

export function lanesOf(
  run: string,
  targets: readonly Target[],
  unresolved: ReadonlyMap<string, Failure>,
): readonly LaneJob[] {
  return [...Map.groupBy(targets, laneOf)].map(([lane, own]) => {
    const keys = own.map(({ key }) => key);
    const why = keys.flatMap((key) => {
      const failure = unresolved.get(key);
      return failure === undefined ? [] : [[key, failure] as const];
    });
    return { run, lane, keys, ...(why.length === 0 ? {} : { unresolved: Object.fromEntries(why) }) };
  });
}

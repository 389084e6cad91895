import type { SchedulerState } from '../model/scheduler.ts';
import type { Store } from '../store/types.ts';
import type { ScanOutcome } from './scan-types.ts';

/** The runs that a scheduler which is gone had under way, or left when it ended. */
export function leftBy(before: SchedulerState | undefined): ReadonlySet<string> {
  if (before === undefined) return new Set();
  const { run, runs = run === undefined ? [] : [run], last } = before;
  return new Set([...runs, ...(last?.state === 'interrupted' ? [last.run] : [])]);
}

/** Those of them that workers closed since: nobody was there to hear of their end. */
export async function closedMeanwhile(store: Store, left: ReadonlySet<string>): Promise<readonly ScanOutcome[]> {
  const closed: ScanOutcome[] = [];
  for (const id of left) {
    const run = await store.run(id);
    if (run?.state !== 'finished') continue;
    closed.push({ run, state: 'finished', bugs: await store.bugs(id), otherFeeds: false });
  }
  return closed;
}

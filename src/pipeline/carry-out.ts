import type { Feeds } from '../feeds/open.ts';
import type { AloneSeat } from '../store/dispatch-types.ts';
import type { Store } from '../store/types.ts';
import { clockOf } from './begin-run.ts';
import { closeRun } from './close-run.ts';
import { betweenControls } from './control-rounds.ts';
import { atRun, stillAt } from './fleet/at-run.ts';
import { heedSwitch } from './heed-switch.ts';
import type { Job, ScanEvents, ScanOptions, ScanOutcome } from './scan-types.ts';
import { workOnTargets } from './work.ts';

/** Begins a run, or takes up the one that was `left`, and looks at it in this process. */
export async function lookHere(
  store: Store,
  left: string | undefined,
  start: () => Promise<Job>,
  ...how: [feeds: Feeds, options: ScanOptions, events: ScanEvents]
): Promise<ScanOutcome> {
  if (left !== undefined) return atRun(store, left, async (seat) => carryOut(await start(), seat, ...how));
  const job = await start();
  return atRun(store, job.run, (seat) => carryOut(job, seat, ...how));
}

async function carryOut(
  job: Job,
  seat: AloneSeat | undefined,
  feeds: Feeds,
  options: ScanOptions,
  events: ScanEvents,
): Promise<ScanOutcome> {
  const { store } = job;
  events.started?.(job.run, job.targets.length, job.done);
  const heeding = heedSwitch(store, options.signal);
  try {
    const how = { ...options, signal: heeding.signal, ...(seat === undefined ? {} : { seat }) };
    const { stopped, bugs } = await betweenControls(job, feeds, how, events, () =>
      workOnTargets(job, feeds, how, events),
    );
    await stillAt(store, seat);
    const state = stopped ? 'interrupted' : 'finished';
    const clock = options.now === undefined ? {} : { now: options.now };
    if (state === 'finished') await closeRun({ ...job, ...clock });
    else {
      const at = clockOf(options)();
      const by = heeding.stoppedBy();
      const why = by === undefined ? {} : { by: by.by, reason: by.reason };
      await store.addRunEvent(job.run, { at, kind: by === undefined ? 'interrupted' : 'stopped', detail: why });
      await store.finishRun(job.run, state, at);
    }
    const run = await store.run(job.run);
    if (run === undefined) throw new Error(`run ${job.run} is not in the store`);
    return { run, state, bugs, otherFeeds: job.ask === undefined };
  } finally {
    heeding.release();
  }
}

import type { SchedulerState } from '../../model/scheduler.ts';
import { silentAfterMs } from '../../model/scheduler.ts';
import type { Schedule } from '../../model/schedule.ts';
import type { FleetSwitch } from '../../model/switch.ts';
import type { Output } from '../output.ts';
import { placeOf } from '../problems.ts';
import { safeText } from '../safe-text.ts';
import { clockOf } from './print.ts';

/** What is known of the scheduler of a store and of its switch. */
export type Daemon = {
  readonly state: SchedulerState | null;
  /** Nothing was heard of it for too long, or it ended. */
  readonly silent: boolean;
  /** Null: never set, so it is on. */
  readonly set: FleetSwitch | null;
};

export function daemonOf(state: SchedulerState | undefined, set: FleetSwitch | undefined, now: number): Daemon {
  const silent = state === undefined || state.phase === 'ended' || now - Date.parse(state.at) > silentAfterMs;
  return { state: state ?? null, silent, set: set ?? null };
}

/** The same as `schedule show --json` tells it. */
export function publishedDaemon({ state, silent, set }: Daemon): Readonly<Record<string, unknown>> {
  return { scheduler: state === null ? null : { ...state, silent }, switch: set };
}

/** The scheduler and the switch, above the schedule; nothing where there never was either. */
export function printDaemon(output: Output, { state, silent, set }: Daemon, { wakeUps, at }: Schedule): void {
  const { say, line, colors } = output;
  if (set !== null && set.position !== 'on') {
    const { by, reason } = set;
    const words = { at: clockOf(set.at), by: safeText(by), reason: safeText(reason) };
    line(colors.red(say(`scheduler.switch-${set.position}`, words)));
  }
  if (state !== null) printState(output, state, silent);
  const coming = wakeUps.filter((one) => one.at > at).slice(0, 5);
  if (coming.length > 0) {
    const times = coming.map((one) => say('scheduler.wake-up', { at: clockOf(one.at), systems: one.systems }));
    line(say('scheduler.wake-ups', { times: times.join('; ') }));
  }
}

function printState({ say, tell, line, colors }: Output, state: SchedulerState, silent: boolean): void {
  const { phase, host, pid, next, run, runs = run === undefined ? [] : [run], last, problems = [], clockBack } = state;
  const about = { host: safeText(host), pid: String(pid), at: clockOf(state.at) };
  const isGone = silent && phase !== 'ended';
  const shown = isGone
    ? say('scheduler.shown-silent', about)
    : say('scheduler.shown', { ...about, phase: say(`scheduler.phase-${phase}`) });
  const more = [
    ...(runs.length === 0 || silent ? [] : [say('scheduler.shown-run', { run: safeText(runs.join(', ')) })]),
    ...(next === undefined || silent ? [] : [say('scheduler.shown-next', { at: clockOf(next) })]),
    ...(last === undefined
      ? []
      : [
          say('scheduler.shown-last', {
            run: last.run,
            at: clockOf(last.endedAt),
            state: say(`scheduler.last-${last.state}`),
          }),
        ]),
    ...(clockBack === undefined ? [] : [say('scheduler.clock-back', { newest: clockOf(clockBack.newest) })]),
  ];
  line([isGone || phase === 'error' ? colors.red(shown) : shown, ...more].join(' '));
  for (const problem of problems)
    line(`  ${safeText([placeOf(problem), tell(problem.message)].filter(Boolean).join(': '), 1000)}`);
}

import type { ScanOutcome } from '../../pipeline/scan.ts';
import type { SchedulerEvents } from '../../pipeline/scheduler.ts';
import type { Output } from '../output.ts';
import { placeOf } from '../problems.ts';
import { safeText } from '../safe-text.ts';

type Log = Required<Pick<SchedulerEvents, 'standby' | 'seated' | 'said' | 'jumped' | 'started'>> & {
  readonly ended: (outcome: ScanOutcome) => void;
};

/** What a scheduler does, a line an event with its instant; what stays as it was is not said again. */
export function schedulerLog({ say, tell, note }: Output): Log {
  let standing = false;
  const log = (text: string): void => {
    note(`${new Date().toISOString()} ${text}`);
  };
  return {
    standby: () => {
      if (!standing) log(say('scheduler.log.standby'));
      standing = true;
    },
    seated: () => {
      standing = false;
      log(say('scheduler.log.seated', { pid: process.pid }));
    },
    jumped: (byMs) => {
      log(say('scheduler.log.jumped', { seconds: Math.round(byMs / 1000) }));
    },
    started: (run, targets, resumedAfter) => {
      log(say(resumedAfter > 0 ? 'scheduler.log.taken-up' : 'scheduler.log.started', { run, targets, resumedAfter }));
    },
    ended: ({ run, bugs }) => {
      log(say('scheduler.log.ended', { run: run.id, kind: say(`scheduler.kind-${run.kind ?? 'scan'}`), bugs }));
    },
    said: (state, before) => {
      const { phase, problems = [], clockBack } = state;
      if (clockBack !== undefined && before?.clockBack?.at !== clockBack.at)
        log(say('scheduler.clock-back', { newest: clockBack.newest }));
      if (phase === 'running' || (phase === before?.phase && same(problems, before.problems ?? []))) return;
      log(say(`scheduler.phase-${phase}`));
      for (const problem of problems)
        log(`  ${safeText([placeOf(problem), tell(problem.message)].filter(Boolean).join(': '), 1000)}`);
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

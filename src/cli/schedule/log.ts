import type { ScanOutcome } from '../../pipeline/scan-types.ts';
import type { SchedulerEvents } from '../../pipeline/scheduler.ts';
import type { Output } from '../output.ts';
import { placeOf } from '../problems.ts';
import { safeText } from '../safe-text.ts';
import type { ServiceLog } from '../service-log.ts';
import { unresolvedWords } from '../unresolved.ts';

type Log = Required<Pick<SchedulerEvents, 'standby' | 'seated' | 'said' | 'jumped' | 'started' | 'unresolved'>> & {
  readonly ended: (outcome: ScanOutcome) => void;
};

/** What a scheduler does, a line an event; what stays as it was is not said again. */
export function schedulerLog({ say, tell }: Pick<Output, 'say' | 'tell'>, log: ServiceLog): Log {
  let standing = false;
  return {
    standby: () => {
      if (!standing) log('scheduler.log.standby');
      standing = true;
    },
    seated: () => {
      standing = false;
      log('scheduler.log.seated', { pid: process.pid });
    },
    jumped: (byMs) => {
      log('scheduler.log.jumped', { seconds: Math.round(byMs / 1000) }, 'warn');
    },
    started: (run, targets, resumedAfter) => {
      log(resumedAfter > 0 ? 'scheduler.log.taken-up' : 'scheduler.log.started', { run, targets, resumedAfter });
    },
    unresolved: (zone, names) => {
      log('fleet.scan.unresolved', unresolvedWords(zone, names), 'warn');
    },
    ended: ({ run, bugs }) => {
      log('scheduler.log.ended', { run: run.id, kind: say(`scheduler.kind-${run.kind ?? 'scan'}`), bugs });
    },
    said: (state, before) => {
      const { phase, problems = [], clockBack } = state;
      if (clockBack !== undefined && before?.clockBack?.at !== clockBack.at)
        log('scheduler.clock-back', { newest: clockBack.newest }, 'warn');
      if (phase === 'running' || (phase === before?.phase && same(problems, before.problems ?? []))) return;
      log(`scheduler.phase-${phase}`, {}, phase === 'error' ? 'error' : 'info');
      for (const problem of problems) {
        const told = safeText([placeOf(problem), tell(problem.message)].filter(Boolean).join(': '), 1000);
        log('scheduler.log.problem', { told }, 'error');
      }
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

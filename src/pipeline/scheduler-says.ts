import { hostname } from 'node:os';
import type { Iso } from '../model/observation.ts';
import type { ClockBack, SchedulerState } from '../model/scheduler.ts';
import type { Store } from '../store/types.ts';

export type SchedulerSaysOptions = {
  readonly store: Pick<Store, 'saveSchedulerState'>;
  /** What the one before it said last. */
  readonly before: SchedulerState | undefined;
  /** Those it was asked to look after. */
  readonly zones: readonly string[];
  readonly clock: () => Iso;
  /** When it will look again. */
  readonly next: () => Date | null;
  /** Under way. */
  readonly runs: () => readonly string[];
  readonly said: (state: SchedulerState, before: SchedulerState | undefined) => void;
};

/** What a scheduler says of itself, and keeps in the store in that order. */
export type SchedulerSays = {
  readonly say: (change: Pick<SchedulerState, 'phase' | 'problems'>) => Promise<void>;
  /** Everything said so far is in the store. */
  readonly saved: () => Promise<void>;
  /** As it was said last, with what is noted since. */
  readonly state: () => SchedulerState;
  /** Is said with the next. */
  readonly noteZones: (zones: readonly string[], clockBack: ClockBack | undefined) => void;
  readonly noteLast: (last: NonNullable<SchedulerState['last']>) => void;
};

export function createSchedulerSays(options: SchedulerSaysOptions): SchedulerSays {
  const { store, before, zones, clock } = options;
  let state: SchedulerState = {
    host: hostname(),
    pid: process.pid,
    startedAt: clock(),
    at: clock(),
    phase: 'waiting',
    zones,
    ...(before?.last === undefined ? {} : { last: before.last }),
    ...(before?.clockBack === undefined ? {} : { clockBack: before.clockBack }),
  };
  let said: SchedulerState | undefined;
  let saving = Promise.resolve();
  return {
    say: (change) => {
      const { run: _run, runs: _runs, problems: _problems, next: _next, ...lasting } = state;
      const next = options.next()?.toISOString();
      const runs = options.runs();
      state = {
        ...lasting,
        at: clock(),
        ...(next === undefined ? {} : { next }),
        ...(runs[0] === undefined ? {} : { run: runs[0] }),
        ...(runs.length < 2 ? {} : { runs }),
        ...change,
      };
      const now = state;
      options.said(now, said);
      said = now;
      saving = saving.then(() => store.saveSchedulerState(now));
      return saving;
    },
    saved: () => saving,
    state: () => state,
    noteZones: (all, clockBack) => {
      const { clockBack: _, ...rest } = state;
      state = { ...rest, zones: all, ...(clockBack === undefined ? {} : { clockBack }) };
    },
    noteLast: (last) => {
      state = { ...state, last };
    },
  };
}

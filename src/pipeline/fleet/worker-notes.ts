import type { WorkerAbout } from '../../model/desk.ts';
import type { RunEvent } from '../../model/run-event.ts';
import type { Store } from '../../store/types.ts';

/** A clock that is further off is told of: it would have moved windows and dates. */
const clockOffMs = 2000;
/** A shorter absence is nobody's concern, in seconds. */
const awayTold = 5;

type AtRun = { readonly run: string };

/** What runs tell of a worker that is at them. */
export type WorkerNotes = {
  readonly tell: (run: string, now: string, kind: RunEvent['kind'], detail: RunEvent['detail']) => Promise<void>;
  /** The store did not answer; told when it is back. */
  readonly away: () => void;
  readonly tellAway: (now: string, at: readonly AtRun[]) => Promise<void>;
  /** A clock that is off, once with each run that its worker is at. */
  readonly tellClock: (now: string, at: readonly AtRun[]) => Promise<void>;
};

export function createWorkerNotes(store: Pick<Store, 'addRunEvent'>, me: () => WorkerAbout): WorkerNotes {
  const clockTold = new Set<string>();
  let awaySince: number | undefined;

  const tell: WorkerNotes['tell'] = (run, now, kind, detail) => store.addRunEvent(run, { at: now, kind, detail });

  return {
    tell,
    away: () => {
      awaySince ??= performance.now();
    },
    tellAway: async (now, at) => {
      if (awaySince === undefined) return;
      const seconds = Math.round((performance.now() - awaySince) / 1000);
      awaySince = undefined;
      if (seconds < awayTold) return;
      const { host, pid } = me();
      for (const run of new Set(at.map((one) => one.run))) {
        await tell(run, now, 'store-away', { host, pid, seconds });
      }
    },
    tellClock: async (now, at) => {
      const { host, pid, clockOffsetMs = 0 } = me();
      if (Math.abs(clockOffsetMs) <= clockOffMs) return;
      for (const run of new Set(at.map((one) => one.run))) {
        if (clockTold.has(run)) continue;
        clockTold.add(run);
        await tell(run, now, 'clock-off', { host, pid, seconds: Math.round(clockOffsetMs / 1000) });
      }
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatch } from '../../store/dispatch-types.ts';
import { closeRun } from '../close-run.ts';
import { isAway } from './away.ts';
import { mendDispatch } from './dispatch.ts';
import { endInTime } from './end-in-time.ts';
import type { Fleet } from './fleet.ts';

export type FleetKeeperOptions = {
  /** As it is named where something was done by it. */
  readonly by: string;
  /** The process whose run is closed at once; others' when their starter fell silent. */
  readonly starter?: string;
};

/** What any process of the fleet does for all of it. */
export type FleetKeeper = {
  /** One round. Throws what the store throws. */
  readonly round: () => Promise<void>;
  /** Rounds until the signal aborts; a store that is away is waited for. */
  readonly watch: (signal: AbortSignal) => Promise<void>;
};

/** Lanes that nobody would take are looked for at most so often, for a run at which nobody is. */
const mendEveryMs = 60_000;

/**
 * Lets lanes of silent workers go, notes who was lost, sends what a dead starter did not, and closes runs all of whose targets were
 * looked at. Every process may do it at any time: each step is taken by one at a time, and again where that one died.
 */
export function createFleetKeeper({ store, queue, times }: Fleet, options: FleetKeeperOptions): FleetKeeper {
  const leaseMs = times.leaseSeconds * 1000;
  // Judging a whole country is silent for longer than a lane may be.
  const silentMs = 4 * leaseMs;
  const { by, starter } = options;
  const mendedAt = new Map<string, number>();
  let wellSince = performance.now();

  async function mend({ run, zone }: Dispatch): Promise<void> {
    mendedAt.set(run, performance.now());
    await store.alone(`mend ${run}`, silentMs, async (own) => {
      const lanes = await mendDispatch({ store: own, queue }, { id: run, zone });
      if (lanes === 0) return;
      await own.addRunEvent(run, { at: await own.storeTime(), kind: 'dispatch-mended', detail: { lanes, by } });
    });
  }

  async function close(dispatch: Dispatch): Promise<void> {
    const { run } = dispatch;
    await store.alone(`close ${run}`, silentMs, async (own) => {
      const [before] = await own.dispatches(run);
      const stored = await own.run(run);
      if (before === undefined || before.state === 'closed' || stored === undefined) return;
      if (stored.state !== 'finished') {
        const { lawbook } = await own.judgement(run);
        const inventory = await own.inventory(run);
        if (before.starter !== starter) {
          await own.addRunEvent(run, { at: await own.storeTime(), kind: 'closed-by', detail: { by } });
        }
        const at = await own.storeTime();
        await closeRun({ store: own, run, zone: stored.zone, inventory, lawbook, now: () => at });
      }
      await own.setDispatch(run, 'closed');
    });
  }

  async function endLate({ run, zone }: Dispatch): Promise<void> {
    await store.alone(`end ${run}`, silentMs, (own) => endInTime(own, run, zone, by));
  }

  async function tend(dispatch: Dispatch): Promise<void> {
    const { run, state, waiting, silentS, overdueS } = dispatch;
    const orphan = silentS * 1000 > leaseMs;
    const own = dispatch.starter === starter;
    // Workers had a lease's time to tell what they saw by then.
    if (overdueS !== null && overdueS * 1000 > leaseMs && waiting > 0 && (state !== 'sending' || orphan || own))
      return endLate(dispatch);
    if (state === 'sending' && !orphan) return;
    if (state === 'sending') await mend(dispatch);
    else if (waiting === 0) {
      if (own || orphan) await close(dispatch);
    } else if (performance.now() - (mendedAt.get(run) ?? wellSince) > mendEveryMs) {
      if ((await store.lanesUnderWay(run)) === 0) await mend(dispatch);
      mendedAt.set(run, performance.now());
    }
  }

  async function round(): Promise<void> {
    try {
      // Whoever could not reach the store for a lease must be let reach it before its lanes are given to others.
      if (performance.now() - wellSince >= leaseMs) {
        await queue.supervise();
        await store.loseWorkers(leaseMs);
      }
      for (const dispatch of await store.dispatches()) await tend(dispatch);
    } catch (error) {
      wellSince = performance.now();
      throw error;
    }
  }

  return {
    round,
    watch: async (signal) => {
      while (!signal.aborted) {
        await round().catch((error: unknown) => {
          if (!isAway(error)) throw error;
        });
        // Not all at once.
        await sleep((leaseMs / 4) * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

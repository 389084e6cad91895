import type { Lane, Lease } from '../../model/desk.ts';
import { LaneLost, Stopped } from './stopped.ts';

export type LaneInHand = {
  readonly lane: Lane;
  readonly stop: AbortController;
  /** Something of it is still to be looked at. */
  looking: boolean;
};

/** What a worker has under way, and what stops it: its lanes, and its readings of controls. */
export type InHand = {
  readonly add: (lane: Lane) => LaneInHand;
  readonly remove: (lane: Lane) => void;
  readonly count: () => number;
  readonly leases: () => readonly Lease[];
  /** Something of the run is still to be looked at. */
  readonly looksAt: (run: string) => boolean;
  /** Others have these jobs now. */
  readonly lose: (jobs: readonly string[]) => void;
  /** Aborted with all lanes; anew after that. */
  readonly readings: () => AbortSignal;
  readonly stopAll: (reason: string) => void;
};

export function createInHand(): InHand {
  const underWay = new Map<string, LaneInHand>();
  let readings = new AbortController();
  return {
    add: (lane) => {
      const one = { lane, stop: new AbortController(), looking: true };
      underWay.set(lane.lease.job, one);
      return one;
    },
    remove: (lane) => {
      underWay.delete(lane.lease.job);
    },
    count: () => underWay.size,
    leases: () => [...underWay.values()].map(({ lane }) => lane.lease),
    looksAt: (run) => [...underWay.values()].some(({ lane, looking }) => looking && lane.lease.run === run),
    lose: (jobs) => {
      for (const job of jobs) underWay.get(job)?.stop.abort(new LaneLost());
    },
    readings: () => readings.signal,
    stopAll: (reason) => {
      for (const { stop } of underWay.values()) stop.abort(new Stopped(reason));
      readings.abort(new Stopped(reason));
      readings = new AbortController();
    },
  };
}

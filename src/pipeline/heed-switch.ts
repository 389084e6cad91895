import { UserError } from '../model/errors.ts';
import type { FleetSwitch } from '../model/switch.ts';
import { formatInstant } from '../report/format.ts';
import { message } from '../model/text.ts';
import type { Store } from '../store/types.ts';

/** How often the switch is looked at while a run is under way, in milliseconds. */
const pollMs = 1000;

/** Throws UserError where scanning is paused or stopped: nothing new begins then. */
export async function refuseIfOff(store: Pick<Store, 'fleetSwitch'>): Promise<void> {
  const set = await store.fleetSwitch();
  if (set === undefined || set.position === 'on') return;
  const { position, at, by, reason } = set;
  throw new UserError([{ message: message(`scheduler.refused-${position}`, { at: formatInstant(at), by, reason }) }]);
}

export type Heeding = {
  /** Aborted by the caller's own signal, or when somebody stops all scanning. */
  readonly signal: AbortSignal;
  /** How the switch was set when it stopped this. */
  readonly stoppedBy: () => FleetSwitch | undefined;
  readonly release: () => void;
};

/**
 * Watches the switch beside a signal. Another process sets it, while this one holds the folder: in SQLite's WAL a reader
 * waits for no writer. A store that cannot be read for a moment stops nothing.
 */
export function heedSwitch(store: Pick<Store, 'fleetSwitch'>, signal: AbortSignal): Heeding {
  const controller = new AbortController();
  let stopped: FleetSwitch | undefined;
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || controller.signal.aborted) return;
    asking = true;
    const set = await store.fleetSwitch().catch(() => undefined);
    asking = false;
    if (set?.position !== 'stopped') return;
    stopped = set;
    controller.abort(new Error('stopped by the switch'));
  };
  const timer = setInterval(() => void look(), pollMs);
  timer.unref();
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    stoppedBy: () => stopped,
    release: () => {
      clearInterval(timer);
    },
  };
}

import type { Feeds } from '../feeds/open.ts';
import type { ControlLook, ControlReading, ControlRound } from '../model/control.ts';
import type { Delivered } from '../model/desk.ts';
import type { Iso } from '../model/observation.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Store } from '../store/types.ts';
import { lookAtControls } from './control-looks.ts';
import { createControlReader, type ControlLaw } from './control-readings.ts';
import { orderOf, type Work, type WorkOptions } from './work.ts';

export type ControlEvents = {
  /** Told what each round read. */
  readonly controls?: (readings: readonly ControlReading[]) => void;
};

/**
 * Reads the controls of the zone, does the work, and reads them once more. Both readings are kept. A run that is taken up reads them
 * again before it goes on, so that what the earlier process saw lies between two readings too.
 */
export async function betweenControls<Done extends { readonly stopped: boolean }>(
  work: Work,
  feeds: Feeds,
  options: WorkOptions,
  events: ControlEvents,
  look: () => Promise<Done>,
): Promise<Done> {
  if (!options.signal.aborted) await oneRound(work, feeds, options, events);
  const done = await look();
  if (done.stopped || work.targets.length === 0) return done;
  const whole = await oneRound(work, feeds, options, events);
  return whole ? done : { ...done, stopped: true };
}

/** False where it was stopped; nothing is kept then. */
async function oneRound(work: Work, feeds: Feeds, options: WorkOptions, events: ControlEvents): Promise<boolean> {
  const { store, run, zone, inventory, lawbook, targets, ask } = work;
  const { signal, atOnce, targetDeadlineMs, kindsOf, now = () => new Date().toISOString() } = options;
  const fingerprints = feeds.fingerprints(now());
  const kinds = kindsOf === undefined ? undefined : new Set(targets.flatMap((one) => kindsOf(one)));
  try {
    const round = await lookAtControls(orderOf(work), {
      signal,
      atOnce,
      now,
      ...(targetDeadlineMs === undefined ? {} : { targetDeadlineMs }),
      ...(fingerprints === undefined ? {} : { fingerprints }),
      ...(kinds === undefined ? {} : { kinds }),
    });
    if (round === undefined) return true;
    const law = { inventory, zone, lawbook, ...(ask === undefined ? {} : { ask }) };
    const { readings } = await keepRound(store, run, law, round);
    events.controls?.(readings);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/**
 * Stores a round, tells as events of the run what it misread or could not read, and gives all that it read. `by`: who delivers it,
 * where that may happen twice.
 */
export async function keepRound(
  store: Store,
  run: string,
  law: ControlLaw,
  round: ControlRound,
  by?: string,
): Promise<{ readonly became: Delivered; readonly readings: readonly ControlReading[] }> {
  const reader = createControlReader(law);
  const looks = round.looks.map((look): ControlLook => {
    const known = law.ask === undefined ? undefined : reader.known(look);
    return known === undefined ? look : { ...look, known };
  });
  const became = await store.controls.add(run, { ...round, looks }, by);
  if (became !== 'kept') return { became, readings: [] };
  const readings = reader.read([{ looks }]);
  // A worker's own clock may be off; a store in a file has the clock of its machine.
  const at = store.executeSql === undefined ? new Date().toISOString() : await store.storeTime();
  for (const event of eventsOf(at, readings)) await store.addRunEvent(run, event);
  return { became, readings };
}

/** One event for each target of a control of which anything is wrong. */
function eventsOf(at: Iso, readings: readonly ControlReading[]): readonly RunEvent[] {
  const byTarget = Map.groupBy(readings, ({ control, target }) => `${control}\n${target}`);
  return [...byTarget.values()].flatMap((all): readonly RunEvent[] => {
    const misread = all.find(({ result }) => result === 'misread');
    const wrong = misread ?? all.find(({ result }) => result === 'unread');
    if (wrong === undefined) return [];
    const { control, target, check, expected, got, why } = wrong;
    const counts = { wrong: all.filter(({ result }) => result !== 'right').length, asked: all.length };
    const detail = { control, target, check, expected, got, ...counts };
    return misread === undefined
      ? [{ at, kind: 'control-unread', detail: { ...detail, why: `${why?.code ?? ''}: ${why?.detail ?? ''}` } }]
      : [{ at, kind: 'control-misread', detail }];
  });
}

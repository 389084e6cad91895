import { canonicalJson } from '../model/canonical.ts';
import type { DerivedEvent, HistoryRecord } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Sighting } from '../model/track/sighting.ts';
import { digestOf } from './digest.ts';
import { applyEntry, type Lives } from './fold.ts';

/**
 * What a history that is whole as a chain can still be wrong in.
 *
 * - `sightings`: those stored for a run are not those its record sealed
 * - `conclusion`: a recorded conclusion does not follow from what stands before it, or one that follows is missing
 * - `no-life`: an event of a finding that was not born
 */
export type ReplayFault = { readonly seq: number; readonly fault: 'sightings' | 'conclusion' | 'no-life' };

/** Plays a history again from its beginning; give every record in order, with the sightings for those of runs. */
export function createReplay(): {
  readonly next: (record: HistoryRecord, sightings?: readonly Sighting[]) => readonly ReplayFault[];
  /** At the end: whether something that follows was left out. */
  readonly end: () => readonly ReplayFault[];
  readonly lives: ReadonlyMap<string, Life>;
} {
  const lives: Lives = new Map();
  let due: { readonly seq: number; readonly events: DerivedEvent[] } = { seq: 0, events: [] };
  const missing = (): readonly ReplayFault[] =>
    due.events.length === 0 ? [] : [{ seq: due.seq, fault: 'conclusion' }];
  return {
    lives,
    end: missing,
    next: (record, sightings = []) => {
      const { seq, event } = record;
      if (event.kind === 'state' || event.kind === 'set-aside-ended') {
        const expected = due.events.shift();
        return expected !== undefined && canonicalJson(expected) === canonicalJson(event)
          ? []
          : [{ seq, fault: 'conclusion' }];
      }
      const faults: ReplayFault[] = [...missing()];
      if (event.kind === 'run' && digestOf(sightings) !== event.digest) faults.push({ seq, fault: 'sightings' });
      try {
        due = { seq, events: [...applyEntry(lives, record, sightings)] };
      } catch {
        faults.push({ seq, fault: 'no-life' });
        due = { seq, events: [] };
      }
      return faults;
    },
  };
}

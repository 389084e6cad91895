import { applyEntry, type Lives } from '../../src/track/fold.ts';
import { defaultSettings } from '../../src/track/settings.ts';
import { stateOn } from '../../src/track/state.ts';
import { dayOf } from '../../src/model/day.ts';
import type { Severity } from '../../src/model/check.ts';
import type { DerivedEvent, HistoryEntry } from '../../src/model/track/history.ts';
import type { Life, SetAside } from '../../src/model/track/life.ts';
import type { Mark, Sighting, TrackSettings } from '../../src/model/track/sighting.ts';

/** The instant of a day of a test: day 0 is 2026-01-05, a Monday. */
export const at = (day: number): string => new Date(Date.UTC(2026, 0, 5 + day, 3)).toISOString();

const markOf: Readonly<Record<string, Mark>> = {
  F: 'fail',
  P: 'pass',
  o: 'not-observed',
  n: 'not-applicable',
  g: 'gone',
};

/** One finding from its birth on: runs once a day by letters, words of people between them. */
export function life(settings: TrackSettings = defaultSettings, severity: Severity = 'high') {
  const lives: Lives = new Map();
  const entries: HistoryEntry[] = [];
  const conclusions: DerivedEvent[] = [];
  const sightings = new Map<string, readonly Sighting[]>();
  let day = 0;
  const add = (entry: HistoryEntry, seen?: readonly Sighting[]) => {
    const derived = applyEntry(lives, entry, seen);
    conclusions.push(...derived);
    entries.push(entry, ...derived.map((event) => ({ at: entry.at, by: 'rasoat', event })));
  };
  add({
    at: at(0),
    by: 'rasoat',
    event: { kind: 'born', finding: 'f', run: 'r0', zone: 'z', system: 's', check: 'c', target: 't', severity },
  });
  const self = {
    entries,
    conclusions,
    sightings,
    now: (): Life => {
      const found = lives.get('f');
      if (found === undefined) throw new Error('no life');
      return found;
    },
    state: (onDay = day - 1) => stateOn(self.now(), dayOf(at(onDay))),
    /** One run a day; `F` may be followed by a digit, the evidence. */
    see: (letters: string) => {
      for (const [, letter = '', evidence = '0'] of letters.matchAll(/([FPong])(\d?)/g)) {
        const mark = markOf[letter];
        if (mark === undefined) throw new Error(letter);
        const seen: Sighting = {
          finding: 'f',
          mark,
          at: at(day),
          ...(mark === 'fail' ? { evidence: evidence === '' ? '0' : evidence } : {}),
          ...(mark === 'not-observed' ? { cause: 'timeout' } : {}),
        };
        const run = `r${day}`;
        sightings.set(run, [seen]);
        const event = { kind: 'run', run, zone: 'z', judgement: 1, checksHash: '', settings, sightings: 1, digest: '' };
        add({ at: at(day), by: 'rasoat', event: event as never }, [seen]);
        day += 1;
      }
      return self;
    },
    say: (word: 'in-progress' | 'claimed-fixed' | 'open') => {
      add({
        at: new Date(Date.parse(at(day)) - 3_600_000).toISOString(),
        by: 'owner',
        event: { kind: 'said', finding: 'f', word },
      });
      return self;
    },
    aside: (as: SetAside['as'], until: number, evidence = '0') => {
      const noon = new Date(Date.parse(at(day)) - 3_600_000).toISOString();
      const aside: SetAside = {
        as,
        reason: 'r',
        document: 'd',
        requestedBy: 'a',
        approvedBy: 'b',
        from: dayOf(noon),
        until: dayOf(at(until)),
        evidence,
      };
      add({ at: noon, by: 'a', event: { kind: 'set-aside', finding: 'f', ...aside } });
      return self;
    },
    skip: (days: number) => {
      day += days;
      return self;
    },
  };
  return self;
}

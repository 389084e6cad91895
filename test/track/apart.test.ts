import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/model/day.ts';
import type { HistoryEntry } from '../../src/model/track/history.ts';
import type { Life } from '../../src/model/track/life.ts';
import type { Mark, Sighting, TrackSettings } from '../../src/model/track/sighting.ts';
import { countsFrom } from '../../src/track/apart.ts';
import { applyEntry } from '../../src/track/fold.ts';
import { defaultApartHours, defaultSettings } from '../../src/track/settings.ts';
import { stateOn } from '../../src/track/state.ts';

const settings: TrackSettings = { ...defaultSettings, apartHours: defaultApartHours };
const atHour = (hour: number) => new Date(Date.UTC(2026, 0, 5) + hour * 3_600_000).toISOString();
const marks: Readonly<Record<string, Mark>> = { F: 'fail', P: 'pass', o: 'not-observed', n: 'not-applicable' };

/** A life by looks: letters of scans, and of verifications after a `v`. */
function lived(looks: readonly (readonly [hour: number, look: string])[], by: TrackSettings = settings): Life {
  const lives = new Map<string, Life>();
  const born = { finding: 'f', run: 'r', zone: 'z', system: 's', check: 'c', target: 't', severity: 'high' } as const;
  applyEntry(lives, { at: atHour(-100), by: 'rasoat', event: { kind: 'born', ...born } });
  for (const [hour, look] of looks) {
    const at = atHour(hour);
    const mark = marks[look.slice(-1)] ?? 'fail';
    const seen: Sighting = { finding: 'f', mark, at, ...(mark === 'fail' ? { evidence: '0' } : {}) };
    const common = { run: look, zone: 'z', judgement: 1, checksHash: '', settings: by, sightings: 1, digest: '' };
    const kind = look.startsWith('v') ? { verification: true as const } : {};
    const entry: HistoryEntry = { at, by: 'rasoat', event: { kind: 'run', ...common, ...kind } };
    applyEntry(lives, entry, [seen]);
  }
  const life = lives.get('f');
  if (life === undefined) throw new Error('no life');
  return life;
}

const stateOf = (looks: readonly (readonly [number, string])[], by?: TrackSettings) => {
  const life = lived(looks, by);
  return stateOn(life, dayOf(life.lastAt));
};
const open = [
  [0, 'F'],
  [24, 'F'],
] as const;

describe('a verification beside other looks', () => {
  it.each([
    ['is one night with another a minute later', [...open, [30, 'vP'], [30.01, 'vP']], 'open'],
    ['is a second night half a day later', [...open, [30, 'vP'], [42, 'vP']], 'fixed-verified'],
    ['is one night with the scan that follows at once', [...open, [30, 'vP'], [31, 'P']], 'open'],
    ['proves with the scan of that night', [...open, [30, 'vP'], [48, 'P']], 'fixed-verified'],
    ['is one night with the scan before it', [...open, [30, 'P'], [31, 'vP']], 'open'],
    [
      'does not put off by being asked often',
      [...open, [30, 'vP'], [36, 'vP'], [41, 'vP'], [42, 'vP']],
      'fixed-verified',
    ],
    ['fails at once after a pass', [...open, [30, 'vP'], [30.1, 'vF'], [42, 'vP']], 'open'],
    [
      'alarms nobody an hour after the first sight',
      [
        [0, 'F'],
        [1, 'vF'],
        [2, 'vF'],
      ],
      'new',
    ],
    [
      'alarms half a day after it',
      [
        [0, 'F'],
        [12, 'vF'],
      ],
      'open',
    ],
    [
      'is not blind for weeks within one morning',
      [...open, [30, 'vo'], [30.1, 'vo'], [30.2, 'vo'], [30.3, 'vo']],
      'open',
    ],
    ['takes nothing for gone within one morning', [...open, [30, 'vn'], [30.1, 'vn'], [30.2, 'vn']], 'open'],
    [
      'leaves scans as they are, however close',
      [
        [0, 'F'],
        [0.1, 'F'],
        [0.2, 'P'],
        [0.3, 'P'],
      ],
      'fixed-verified',
    ],
  ] as const)('%s', (_title, looks, expected) => {
    expect(stateOf(looks)).toBe(expected);
  });

  it('counts at once where the province wants no time between', () => {
    expect(stateOf([...open, [30, 'vP'], [30.01, 'vP']], { ...settings, apartHours: 0 })).toBe('fixed-verified');
  });

  it('says from when on another one counts', () => {
    expect(countsFrom(lived([...open, [30, 'vP'], [31, 'vP']]), 'pass')).toBe(atHour(42));
  });

  it('measures the mending from the first of the passes that proved it', () => {
    expect(lived([...open, [30, 'vP'], [31, 'vP'], [48, 'P']]).mended).toEqual([{ from: atHour(0), to: atHour(30) }]);
  });

  it('begins anew after a proven fix', () => {
    const looks = [...open, [48, 'P'], [72, 'P'], [72.1, 'vF'], [72.2, 'vF']] as const;
    expect(stateOf(looks)).toBe('fixed-verified');
    expect(stateOf([...looks, [96, 'F']])).toBe('reopened');
  });
});

const looks = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 11 * 60 }), fc.constantFrom('vF', 'vP', 'vo', 'vn'))
    .map(([minute, look]) => [minute / 60, look] as const),
  { maxLength: 30 },
);
const inOrder = (all: readonly (readonly [number, string])[]) => [...all].sort(([a], [b]) => a - b);

describe('properties', () => {
  it('however many verifications one morning holds, they open and prove nothing', () => {
    fc.assert(
      fc.property(looks, (morning) => {
        const asked = inOrder(morning);
        expect(stateOf([[0, 'F'], ...asked])).toBe('new');
        expect(stateOf([[-48, 'F'], [-24, 'F'], ...asked])).toBe('open');
      }),
    );
  });

  it('a history from before the setting is told as it was', () => {
    const scans = fc.array(fc.constantFrom('F', 'P', 'o', 'n'), { maxLength: 30 });
    fc.assert(
      fc.property(scans, (strip) => {
        const told = strip.map((look, index) => [index * 24, look] as const);
        const { counted, settings: _new, ...now } = lived([[-24, 'F'], ...told]);
        const { settings: _old, ...then } = lived([[-24, 'F'], ...told], defaultSettings);
        expect(counted).toBeDefined();
        expect(now).toEqual(then);
      }),
    );
  });
});

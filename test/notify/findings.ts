import type { Severity } from '../../src/model/check.ts';
import { daysBetween } from '../../src/model/day.ts';
import type { Told } from '../../src/model/notice.ts';
import type { HistoryRecord } from '../../src/model/track/history.ts';
import type { Life } from '../../src/model/track/life.ts';
import type { TrackState } from '../../src/model/track/state.ts';
import type { TrackedFinding } from '../../src/model/track/tracked.ts';
import type { Digest, DigestInput, Past } from '../../src/notify/digest-types.ts';
import { defaultLadder } from '../../src/notify/ladder.ts';
import { workStates } from '../../src/model/track/state.ts';
import { checks, inventory } from './province.ts';

export type FindingSketch = {
  readonly id: string;
  readonly system?: string;
  readonly severity?: Severity;
  readonly check?: string;
  readonly target?: string;
  readonly state?: TrackState;
  /** Days of the calendar. */
  readonly opened: string;
  readonly due?: string;
  readonly until?: string;
  readonly recurrences?: number;
  readonly mended?: Life['mended'];
};

/** A finding as it stands on a day. */
export function findingOf(
  { id, system = 'benh-an', severity = 'high', state = 'open', opened, due, until, ...more }: FindingSketch,
  day: string,
): TrackedFinding {
  const { check = 'tls-old', target = 'https://benh-an.example/ [192.0.2.1]', recurrences = 0, mended = [] } = more;
  const openedAt = `${opened}T03:00:00.000Z`;
  const life = {
    ...{ id, system, severity, check, target, state, openedAt, recurrences, mended, zone: 'internet', refuted: 0 },
    ...{ phase: state === 'fixed-verified' ? 'fixed' : 'confirmed', bornAt: openedAt },
    ...(until === undefined ? {} : { aside: { until } }),
  } as unknown as Life;
  return {
    ...{ life, state, ageDays: daysBetween(opened, day), otherDue: [], passed: [] },
    ...(due === undefined
      ? {}
      : { due: { on: due, rule: 'convention', source: { vi: 'Quy ước', en: 'Convention' }, certainty: 'inference' } }),
    daysLate: due === undefined || !workStates.has(state) ? 0 : Math.max(0, daysBetween(due, day)),
    ...(until === undefined || day > until ? {} : { asideUntil: until }),
  };
}

export function inputOf(day: string, more: Partial<DigestInput> = {}): DigestInput {
  return {
    ...{
      day,
      inventory,
      findings: [],
      history: new Map<string, readonly HistoryRecord[]>(),
      upto: 0,
      work: workStates,
    },
    ...{
      checks: new Map(checks.map((check) => [check.id, check])),
      ladder: defaultLadder,
      lapsing: [30, 7, 1],
      pause: 3,
    },
    ...more,
  };
}

export const nobodyTold: Past = { told: [] };

/** What the store would keep after a letter went. */
export function after(past: Past, digest: Digest): Past {
  const told = new Map(past.told.map((one) => [`${one.kind} ${one.finding}`, one]));
  for (const item of digest.told) {
    const before = told.get(`${item.kind} ${item.finding}`);
    const same = before?.of === item.of ? before : undefined;
    const next: Told = {
      ...item,
      firstOn: same?.firstOn ?? digest.day,
      lastOn: digest.day,
      times: (same?.times ?? 0) + 1,
    };
    told.set(`${item.kind} ${item.finding}`, next);
  }
  return { told: [...told.values()], letter: { day: digest.day, upto: digest.upto } };
}

export const organisation = (id: string) => {
  const found = inventory.organisations.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

import { dayOf } from '../model/day.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';

/** What is new of a finding since the last letter. `back`: what it was about was gone and is there again. */
export type News = 'fixed' | 'new' | 'reopened' | 'refuted' | 'lapsed' | 'back';

export type Since = {
  /** The last letter that went: its day, and the last record of history that it took account of; absent: there was none. */
  readonly letter?: { readonly day: string; readonly upto: number };
  /** Whether this trouble of the finding (`openedAt`) was told before. */
  readonly told: boolean;
  /** The first day of a first letter's good news. */
  readonly from: string;
};

/**
 * What its history says since the last letter, the last word counting: what was reopened and then proven fixed is fixed.
 * `work`: whether its state asks somebody to do something. Pure.
 */
export function newsOf(
  { life, state }: TrackedFinding,
  work: boolean,
  records: readonly HistoryRecord[],
  { letter, told, from }: Since,
  day: string,
): News | undefined {
  const since = records.filter((record) =>
    letter === undefined ? dayOf(record.at) >= from : record.seq > letter.upto,
  );
  if (state === 'fixed-verified') {
    const proven = since.some(({ event }) => event.kind === 'state' && event.to === 'fixed-verified');
    return proven && life.mended.length > 0 ? 'fixed' : undefined;
  }
  if (!work || life.phase !== 'confirmed') return undefined;
  if (!told) return life.recurrences > 0 ? 'reopened' : 'new';
  const last = since.findLast(({ event }) => event.kind === 'state')?.event;
  if (last?.kind === 'state' && last.because === 'claim-refuted') return 'refuted';
  if (last?.kind === 'state' && last.because === 'back') return 'back';
  // A day that passed says so by itself; the record of it is written by the next run, and is no news then.
  const ended = since.some(
    ({ event }) =>
      event.kind === 'set-aside-ended' &&
      (event.because === 'evidence' || (event.because === 'date' && (letter === undefined || event.on >= letter.day))),
  );
  const until = life.aside?.until;
  const passed = until !== undefined && until < day && (letter === undefined || until >= letter.day);
  return ended || passed ? 'lapsed' : undefined;
}

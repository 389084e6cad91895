import type { Authorisation } from '../model/inventory/authorisation.ts';
import { dayNumber, minuteOf, type ProvinceTime } from './province-time.ts';

/** Whether an authorisation is open at a time, or which of its dates and hours forbids it. */
export type WindowState = 'open' | 'not-yet' | 'expired' | 'blackout' | 'outside-hours';

/** A stretch of open time, from its first minute to the one after its last. */
export type Opening = { readonly from: ProvinceTime; readonly until: ProvinceTime };

export type Window = {
  readonly state: (time: ProvinceTime) => WindowState;
  /** The opening that holds this time or the first one after it. */
  readonly next: (time: ProvinceTime) => Opening | undefined;
};

type Span = { readonly from: number; readonly to: number };

/**
 * The times of an authorisation, on the province's clock and read to the letter: a day counts when it lies within
 * `from`..`until` and in no blackout (both ends included), an hour when it lies in `hours` (the first minute included, the
 * last not). Hours that pass midnight give each permitted day two stretches, its early morning and its evening; they
 * never reach into a day that is not permitted itself.
 */
export function createWindow(authorisation: Authorisation): Window {
  const first = dayNumber(authorisation.from);
  const last = dayNumber(authorisation.until);
  const blackouts = (authorisation.blackouts ?? []).map(
    ({ from, until }) => [dayNumber(from), dayNumber(until)] as const,
  );
  const spans = spansOf(authorisation.hours);
  const blackoutAt = (day: number) => blackouts.find(([from, until]) => day >= from && day <= until);

  return {
    state: ({ day, minute }) => {
      if (day < first) return 'not-yet';
      if (day > last) return 'expired';
      if (blackoutAt(day) !== undefined) return 'blackout';
      return spans.some((span) => minute >= span.from && minute < span.to) ? 'open' : 'outside-hours';
    },
    next: (time) => {
      for (let day = Math.max(time.day, first); day <= last; day += 1) {
        const blackout = blackoutAt(day);
        if (blackout !== undefined) {
          day = blackout[1];
          continue;
        }
        const span = spans.find(({ to }) => day > time.day || to > time.minute);
        if (span !== undefined) return { from: { day, minute: span.from }, until: { day, minute: span.to } };
      }
      return undefined;
    },
  };
}

/** Hours as stretches of one day, in order, those that touch or overlap joined. */
export function spansOf(hours: Authorisation['hours']): readonly Span[] {
  if (hours === undefined) return [{ from: 0, to: 1440 }];
  const spans = hours
    .flatMap(({ from, to }): Span[] => {
      const [start, end] = [minuteOf(from), minuteOf(to)];
      return start < end
        ? [{ from: start, to: end }]
        : [
            { from: 0, to: end },
            { from: start, to: 1440 },
          ];
    })
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before === undefined || span.from > before.to) joined.push(span);
    else joined[joined.length - 1] = { from: before.from, to: Math.max(before.to, span.to) };
  }
  return joined;
}

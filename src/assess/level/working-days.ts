import { addDays } from '../../model/day.ts';
import type { Calendar } from '../../model/level-law.ts';

/** The end of a term, or the year for which there is no calendar. */
export type TermEnd = { readonly due: string; readonly uncertain: boolean } | { readonly noCalendar: number };

/** Calendars by year, ready to be asked. */
export type WorkingDays = ReadonlyMap<
  number,
  { readonly off: ReadonlyMap<string, boolean>; readonly worked: ReadonlyMap<string, boolean> }
>;

/** Days are kept with whether they are certain: what we inferred is not. */
export function workingDays(calendars: readonly Calendar[]): WorkingDays {
  const certain = (days: readonly { readonly day: string; readonly certainty: string }[]) =>
    new Map(days.map(({ day, certainty }) => [day, certainty !== 'inference']));
  return new Map(calendars.map(({ year, off, worked = [] }) => [year, { off: certain(off), worked: certain(worked) }]));
}

/**
 * The last day of so many working days from an event. The day of the event is not counted (Civil Code 91/2015/QH13
 * Đ147.3). Days off are Saturday, Sunday, the holidays of Labour Code Đ112 and what was exchanged for them.
 */
export function afterWorkingDays(days: WorkingDays, from: string, length: number): TermEnd {
  let day = from;
  let uncertain = false;
  for (let left = length; left > 0;) {
    day = next(day);
    const told = toldOf(days, day);
    if (told === undefined) return { noCalendar: yearOf(day) };
    uncertain ||= !told.certain;
    if (told.working) left -= 1;
  }
  return { due: day, uncertain };
}

/** The last day of so many calendar days; one that falls on a day off ends on the next working day (Đ148.5). */
export function afterDays(days: WorkingDays, from: string, length: number): TermEnd {
  let day = addDays(from, length);
  let uncertain = false;
  for (;;) {
    const told = toldOf(days, day);
    if (told === undefined) return { noCalendar: yearOf(day) };
    uncertain ||= !told.certain;
    if (told.working) return { due: day, uncertain };
    day = next(day);
  }
}

/** Working days after `from` up to and with `to`; undefined where a year has no calendar. */
export function workingDaysLate(days: WorkingDays, from: string, to: string): number | undefined {
  let late = 0;
  for (let day = from; day < to;) {
    day = next(day);
    const told = toldOf(days, day);
    if (told === undefined) return undefined;
    if (told.working) late += 1;
  }
  return late;
}

/** Whether a day is worked, and whether that is certain; undefined in a year that has no calendar. */
export function toldOf(
  days: WorkingDays,
  day: string,
): { readonly working: boolean; readonly certain: boolean } | undefined {
  const year = days.get(yearOf(day));
  if (year === undefined) return undefined;
  const worked = year.worked.get(day);
  if (worked !== undefined) return { working: true, certain: worked };
  const off = year.off.get(day);
  if (off !== undefined) return { working: false, certain: off };
  return weekOf(day).working ? worksCertainly : restsCertainly;
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function next(day: string): string {
  return weekOf(day).next;
}

/** A day in the week, and the day behind it: a province's terms go over the same few hundred days thousands of times. */
function weekOf(day: string): { readonly working: boolean; readonly next: string } {
  const known = week.get(day);
  if (known !== undefined) return known;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const told = { working: weekday !== 0 && weekday !== 6, next: addDays(day, 1) };
  if (week.size >= mostDays) week.clear();
  week.set(day, told);
  return told;
}
const week = new Map<string, { readonly working: boolean; readonly next: string }>();
const mostDays = 20_000;
const worksCertainly = { working: true, certain: true } as const;
const restsCertainly = { working: false, certain: true } as const;

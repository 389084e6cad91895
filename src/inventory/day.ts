import { isDay } from '../model/day.ts';

/** The last day of the month that an impossible day names, or undefined where the month is impossible too. */
export function lastDay(text: string): string | undefined {
  const [year = 0, month = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12) return undefined;
  return `${text.slice(0, 7)}-${String(lastDayOf(year, month)).padStart(2, '0')}`;
}

/** Reads a day as Vietnamese officials write it (`22/11/2026`, `1-5-2026`), or an ISO day without its zeros. */
export function readDay(text: string): string | undefined {
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const yearFirst = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ].*)?$/.exec(text);
  const parts = dayFirst === null ? yearFirst?.slice(1) : [dayFirst[3], dayFirst[2], dayFirst[1]];
  if (parts === undefined) return undefined;
  const day = parts.map((part) => (part ?? '').padStart(2, '0')).join('-');
  return isDay(day) ? day : undefined;
}

function lastDayOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

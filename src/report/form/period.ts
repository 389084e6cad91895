import type { Conventions } from '../../model/inventory/tasks.ts';

/** A span of days, both ends included. */
export type Period = { readonly from: string; readonly until: string };

/**
 * The yearly period of Decree 331 Đ35.3 that a report of this day speaks of: 15 December of the year before to 14
 * December. From 15 to 31 December it is the period that has just closed.
 */
export function yearlyPeriod(on: string): Period & { readonly year: number } {
  const year = Number(on.slice(0, 4));
  return { year, from: `${String(year - 1)}-12-15`, until: `${String(year)}-12-14` };
}

/** "Trước ngày 20 tháng 12" to the owner, "trước ngày 25 tháng 12" to the Ministry (Đ35.4): not on that day any more. */
export function yearlyDue(year: number, role: 'owner' | 'operator'): string {
  return `${String(year)}-12-${role === 'owner' ? '25' : '20'}`;
}

export type Every = NonNullable<Conventions['reportEvery']>;

const monthsOf = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const satisfies Record<Every, number>;

/** The calendar month, quarter, half-year or year that a day lies in, and its number within the year. */
export function calendarPeriod(on: string, every: Every): Period & { readonly year: number; readonly number: number } {
  const year = Number(on.slice(0, 4));
  const months = monthsOf[every];
  const number = Math.ceil(Number(on.slice(5, 7)) / months);
  const first = (number - 1) * months + 1;
  const lastDay = new Date(Date.UTC(year, first + months - 1, 0)).getUTCDate();
  const month = (n: number) => String(n).padStart(2, '0');
  return {
    year,
    number,
    from: `${String(year)}-${month(first)}-01`,
    until: `${String(year)}-${month(first + months - 1)}-${String(lastDay)}`,
  };
}

/** Quarters and half-years are written in Roman numerals. */
export function roman(number: number): string {
  return ['', 'I', 'II', 'III', 'IV'][number] ?? String(number);
}

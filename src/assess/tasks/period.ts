import { dayMs } from '../../model/day.ts';
import type { ReportEvery } from '../../model/inventory/tasks.ts';

/** The day some days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

const months = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const satisfies Record<ReportEvery, number>;

/** The same day one interval later; the last day of a month that has no such day (31 January → 28 February). */
export function addInterval(day: string, interval: ReportEvery): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const later = month - 1 + months[interval];
  const lastDate = new Date(Date.UTC(year, later + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, later, Math.min(date, lastDate))).toISOString().slice(0, 10);
}

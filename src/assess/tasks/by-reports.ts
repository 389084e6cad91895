import { daysBetween } from '../../model/day.ts';
import type { ReportEvery } from '../../model/inventory/tasks.ts';
import { addInterval } from './period.ts';
import { doneIn, type Case, type Stand } from './stand.ts';

/** A periodic task that its reports show current: the latest is no older than the interval. */
export function byReports(of: Case, interval: ReportEvery): Stand {
  const { spoken, today, since } = of;
  const last = lastReport(of);
  const next = addInterval(last ?? since, interval);
  const days = daysBetween(next, today);
  if (days <= 0) {
    const left = { days: Math.abs(days) };
    return last === undefined
      ? { state: 'pending', because: 'report-not-yet', ...left }
      : { state: 'periodic-current', because: 'report-in-time', ...left };
  }
  if (last !== undefined) return { state: 'periodic-late', because: 'report-old', days };
  return { state: spoken.exists ? 'periodic-late' : 'no-evidence', because: 'report-none', days };
}

/** The day of the latest report; what a record calls done is one. Days to come do not count. */
export function lastReport(of: Case): string | undefined {
  const days = of.spoken.reports.map(({ on }) => on).filter((on) => on <= of.today);
  return [...days, doneIn(of) ?? []].flat().sort().at(-1);
}

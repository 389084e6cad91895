import type { Coverage } from '../../model/assessment.ts';
import { daysBetween } from '../../model/day.ts';
import type { ReportEvery } from '../../model/inventory/tasks.ts';
import { byReports, lastReport } from './by-reports.ts';
import { addInterval } from './period.ts';
import type { Case, Stand } from './stand.ts';

/** When a system was last looked at, and how often it must be. */
export type Looked = { readonly on?: string; readonly every: ReportEvery };

/**
 * "Thường xuyên rà soát": every system was looked at within the interval of its level, by runs of this tool, or a report within
 * the interval of reports says so. A system never looked at is not seen: it makes nothing late, and nothing current.
 */
export function byRuns(systems: readonly Looked[], of: Case, interval: ReportEvery): Stand {
  const days = systems.flatMap(({ on, every }) =>
    on === undefined ? [] : [daysBetween(addInterval(on, every), of.today)],
  );
  const worst = days.length === 0 ? undefined : Math.max(...days);
  if (worst !== undefined && worst <= 0 && days.length === systems.length) {
    return { state: 'periodic-current', because: 'seen-in-time', days: Math.abs(worst) };
  }
  const reports = byReports(of, interval);
  if (reports.state === 'periodic-current' && lastReport(of) !== undefined) return reports;
  if (worst !== undefined && worst > 0) return { state: 'periodic-late', because: 'seen-too-long-ago', days: worst };
  return worst === undefined ? reports : { state: 'no-evidence', because: 'seen-in-part' };
}

/** Systems looked at within their interval, of all. */
export function runCoverage(systems: readonly Looked[], today: string): Coverage {
  const seen = systems.filter(({ on, every }) => on !== undefined && today <= addInterval(on, every)).length;
  return { seen, needed: systems.length };
}

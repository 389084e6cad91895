import type { Severity } from '../../model/check.ts';
import { dayMs } from '../../model/day.ts';

/**
 * Days to mend by severity. No Vietnamese text that we read gives any: a convention, printed as one beside every day that it
 * gives, for the head of the agency to change.
 */
export const proposedDays = { critical: 7, high: 30, medium: 90, low: 180, info: 365 } as const satisfies Record<
  Severity,
  number
>;

/** The day proposed for mending what was found, counted from the day of the plan. */
export function proposedDay(on: string, severity: Exclude<Severity, 'info'>): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + proposedDays[severity] * dayMs).toISOString().slice(0, 10);
}

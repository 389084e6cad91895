import { dayOf, provinceOffsetMs } from '../model/day.ts';
import type { Digest } from './digest-types.ts';
import type { NotifySettings } from './settings-schema.ts';

/** Whether a digest waits: the day is not worked, or the hour is outside those set. */
export type Hold = 'day-off' | 'hour';

/**
 * Says why a digest waits, if it does. It is made anew on the next working day with all that was added, so nothing is lost
 * by waiting. `at`: the instant, or undefined where a day is only imagined and has no hour. Pure.
 */
export function holdOf(
  { firstOf, day }: Pick<Digest, 'firstOf' | 'day'>,
  { workingDays = true, hours, except = ['critical'] }: NonNullable<NotifySettings['quiet']>,
  isWorkingDay: (day: string) => boolean,
  at: string | undefined,
): Hold | undefined {
  if (except.some((severity) => firstOf.has(severity))) return undefined;
  if (workingDays && !isWorkingDay(day)) return 'day-off';
  if (hours === undefined || at === undefined || dayOf(at) !== day) return undefined;
  const clock = new Date(Date.parse(at) + provinceOffsetMs).toISOString().slice(11, 16);
  const inside =
    hours.from <= hours.to ? clock >= hours.from && clock < hours.to : clock >= hours.from || clock < hours.to;
  return inside ? undefined : 'hour';
}

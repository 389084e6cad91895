/** Which days are worked; holidays are dated data of another room, so they come in. */
export type Calendar = { readonly isWorkingDay: (day: string) => boolean };

/** Ends of terms that were counted before: a province's findings open on few days, and a year of them is counted at once. */
const counted = new WeakMap<Calendar, Map<string, string>>();

/** The day so many working days after one; the day itself is not counted. */
export function plusWorkingDays(calendar: Calendar, from: string, count: number): string {
  const known = counted.get(calendar) ?? new Map<string, string>();
  counted.set(calendar, known);
  const key = `${from} ${count}`;
  const day = known.get(key) ?? countWorkingDays(calendar, from, count);
  known.set(key, day);
  return day;
}

function countWorkingDays({ isWorkingDay }: Calendar, from: string, count: number): string {
  let day = from;
  for (let left = count; left > 0;) {
    day = plusDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The same day some months on, or the last of a month that has no such day. */
export function plusMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

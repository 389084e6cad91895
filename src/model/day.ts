/** Viet Nam keeps UTC+7 all year (Asia/Ho_Chi_Minh; no summer time since 1979 in the tz database). */
export const provinceOffsetMs = 7 * 3_600_000;

export const dayMs = 86_400_000;

/** The calendar day `YYYY-MM-DD` in Viet Nam at an instant; documents are dated by this calendar. Pure. */
export function dayOf(at: string): string {
  // An hour has one day, and a year of findings has few hours: this is asked a hundred thousand times in a row.
  if (!wellFormed.test(at)) return dayAt(at);
  const hour = at.slice(0, 13);
  const known = dayOfHour.get(hour);
  if (known !== undefined) return known;
  if (dayOfHour.size >= mostHours) dayOfHour.clear();
  const day = dayAt(at);
  dayOfHour.set(hour, day);
  return day;
}

const dayAt = (at: string): string => new Date(Date.parse(at) + provinceOffsetMs).toISOString().slice(0, 10);
const wellFormed = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;
const dayOfHour = new Map<string, string>();
const mostHours = 20_000;

/** The instant at which a day begins in Viet Nam. */
export function startOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - provinceOffsetMs).toISOString();
}

/** Whether a text is a day that exists in the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days from the first day to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((timeOfDay(to) - timeOfDay(from)) / dayMs);
}

/** The beginning of a day in UTC: a list of findings asks for the same few hundred days. */
function timeOfDay(day: string): number {
  const known = timeOf.get(day);
  if (known !== undefined) return known;
  if (timeOf.size >= mostHours) timeOf.clear();
  const time = Date.parse(`${day}T00:00:00Z`);
  timeOf.set(day, time);
  return time;
}
const timeOf = new Map<string, number>();

/** The day some months later; where that month is shorter, its last day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** The day some days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

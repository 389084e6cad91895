import type { Iso } from '../model/observation.ts';

/** Viet Nam keeps UTC+7 all year; documents are dated by its calendar. */
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

/** The calendar day `YYYY-MM-DD` in Viet Nam at an instant. */
export function dayOf(at: Iso): string {
  return new Date(Date.parse(at) + offsetMs).toISOString().slice(0, 10);
}

/** Whether a text is a day that exists in the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days from the first day to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

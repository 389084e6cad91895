import { dayMs, provinceOffsetMs } from '../model/day.ts';
import type { Iso } from '../model/observation.ts';

/** An instant on the province's clock: days since 1970-01-01 and minutes since midnight. */
export type ProvinceTime = { readonly day: number; readonly minute: number };

/** The province's clock at an instant; undefined for what is no instant. */
export function provinceTime(at: Iso): ProvinceTime | undefined {
  const local = Date.parse(at) + provinceOffsetMs;
  if (Number.isNaN(local)) return undefined;
  const day = Math.floor(local / dayMs);
  return { day, minute: Math.floor((local - day * dayMs) / 60_000) };
}

/** The instant at which the province's clock shows this; `minute` 1440 is the next midnight. */
export function instantOf(time: ProvinceTime): Iso {
  return new Date(time.day * dayMs + time.minute * 60_000 - provinceOffsetMs).toISOString();
}

/** `2026-11-22` as days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

/** `22:30` as minutes since midnight. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

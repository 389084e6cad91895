import { isDay } from '../../model/day.ts';

const shape =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;

/** A time as read, in UTC, or why it is no instant. */
type ReadTime = { readonly at: string } | { readonly at: null; readonly why: 'not-a-time' | 'time-without-zone' };

/** The instant of ISO 8601 with its zone: `2026-11-25T19:00:05+07:00`, `2026-11-25 12:00:05.123Z`. */
export function readTime(text: string): ReadTime {
  const found = shape.exec(text);
  if (found === null) return { at: null, why: 'not-a-time' };
  const [, day = '', hour = '', minute = '', second = '00', fraction = '0', zone] = found;
  if (!isDay(day)) return { at: null, why: 'not-a-time' };
  if (zone === undefined) return { at: null, why: 'time-without-zone' };
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const offset = digits === '0000' ? 'Z' : `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
  const time = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(time) ? { at: null, why: 'not-a-time' } : { at: new Date(time).toISOString() };
}

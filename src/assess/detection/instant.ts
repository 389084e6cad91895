import { isDay } from '../../model/day.ts';

const shape =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;

/**
 * An instant in UTC of ISO 8601 with its zone: `2026-11-25T19:00:05+07:00`, `2026-11-25 12:00:05.123Z`. A time without
 * a zone is no instant: `no-zone`.
 */
export function instantOf(text: string): string | 'no-zone' | undefined {
  const found = shape.exec(text);
  if (found === null) return undefined;
  const [, day = '', hour = '', minute = '', second = '00', fraction = '0', zone] = found;
  if (!isDay(day)) return undefined;
  if (zone === undefined) return 'no-zone';
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const offset = digits === '0000' ? 'Z' : `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
  const time = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

import { isDay } from '../model/day.ts';
import type { TableCell } from './table.ts';

/** "ngày 05 tháng 10 năm 2026". */
export const spelledDay = /ng[aà]y\s*(\d{1,2})\s*th[aá]ng\s*(\d{1,2})\s*n[aă]m\s*(\d{4})/iu;

/** The day that a cell is, in any of the ways in which Vietnamese officials write one. */
export function dayValue(cell: TableCell): string | undefined {
  if (cell.kind === 'day') return cell.day;
  if (cell.kind !== 'text') return undefined;
  const parts = spelledDay.exec(cell.text);
  if (parts !== null && parts[0].length >= cell.text.length - 1) return dayOfParts(parts[3], parts[2], parts[1]);
  return readDay(cell.text.replace(/^ng[aà]y\s+/iu, '').replace(/[.;,]$/, ''));
}

/** Reads a day as Vietnamese officials write it (`22/11/2026`, `1-5-2026`), or an ISO day without its zeros. */
export function readDay(text: string): string | undefined {
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const yearFirst = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ].*)?$/.exec(text);
  const parts = dayFirst === null ? yearFirst?.slice(1) : [dayFirst[3], dayFirst[2], dayFirst[1]];
  return parts === undefined ? undefined : dayOfParts(parts[0], parts[1], parts[2]);
}

/** A day of its three figures; undefined where the calendar has none. */
export function dayOfParts(year = '', month = '', date = ''): string | undefined {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

import { dayMs } from '../model/day.ts';
import { readXml } from './xml.ts';

/** Built-in number formats that show a day (ECMA-376 part 1, 18.8.30). */
const builtInDays = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Whether the cells of each style show a day, by index of the style. */
export function dayStyles(styles: string | undefined): readonly boolean[] {
  if (styles === undefined) return [];
  const own = new Set<number>();
  const found: boolean[] = [];
  let inCells = false;
  readXml(styles, {
    open: (name, attributes) => {
      if (name === 'numFmt' && isDayFormat(attributes['formatCode'] ?? '')) own.add(Number(attributes['numFmtId']));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const format = Number(attributes['numFmtId'] ?? '0');
        found.push(builtInDays.has(format) || own.has(format));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return found;
}

/** A format with a day or a year in it, outside quotes, brackets and escapes. */
function isDayFormat(code: string): boolean {
  return /[dy]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

/** The day of a serial number of a workbook, or undefined where it has none (Excel's own 29 February 1900 is before 61). */
export function serialDay(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < (from1904 ? 0 : 61) || serial > 2_958_465) return undefined;
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  return new Date(origin + Math.floor(serial) * dayMs).toISOString().slice(0, 10);
}

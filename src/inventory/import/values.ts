import type { OfficialDocument } from '../../model/inventory/common.ts';
import { levels, type Level } from '../../model/inventory/level-words.ts';
import { dayOfParts, spelledDay } from '../../workbook/day-value.ts';
import { cellText, type TableCell } from '../../workbook/table.ts';

/** The day in figures. */
const figures = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/-])/u;
const iso = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/u;

/** A level, `3`, "Cấp độ 3", "Cấp 3". */
export function levelValue(cell: TableCell): Level | undefined {
  const figure = /^(?:c[aấ]p(?:\s+đ[oộ])?\s*)?([1-5])\.?$/iu.exec(cellText(cell).normalize('NFC'))?.[1];
  return levels.find((level) => String(level) === figure);
}

/** Số, ngày, cơ quan: `21/QĐ-UBND ngày 05/10/2026, UBND tỉnh`, "Quyết định số … ngày 5 tháng 10 năm 2026 của …". */
export function documentOf(cell: TableCell): OfficialDocument | undefined {
  if (cell.kind !== 'text') return undefined;
  const { text } = cell;
  const found = dated(text);
  if (found === undefined) return undefined;
  const number = text
    .slice(0, found.from)
    .replace(/(?:[,;:(]|\bng[aà]y|\s)+$/iu, '')
    .replace(/^(?:quy[eế]t\s+đ[iị]nh|quy\s+ch[eế]|c[oô]ng\s+v[aă]n)\b\s*/iu, '')
    .replace(/^(?:s[oố]\s*[:.]?|[:.])\s*/iu, '')
    .trim();
  const issuer = text
    .slice(found.to)
    .replace(/^(?:[,;:)]|\s)+/u, '')
    .replace(/^(?:c[uủ]a|do)\s+/iu, '')
    .replace(/[.;,\s]+$/u, '')
    .trim();
  if (number === '' || number.length > 100 || issuer.length > 300) return undefined;
  return { number, date: found.day, ...(issuer === '' ? {} : { issuer }) };
}

/** The day in a text of more than a day: the one behind the word "ngày", else the last one. */
function dated(text: string): { readonly day: string; readonly from: number; readonly to: number } | undefined {
  const after = /\bng[aà]y\s+/iu;
  const start = after.exec(text);
  const places: readonly (readonly [RegExp, readonly [number, number, number]])[] = [
    [spelledDay, [3, 2, 1]],
    [figures, [3, 2, 1]],
    [iso, [1, 2, 3]],
  ];
  for (const offset of start === null ? [0] : [start.index, 0]) {
    for (const [pattern, [year, month, date]] of places) {
      const all = [...text.slice(offset).matchAll(new RegExp(pattern.source, 'giu'))];
      const parts = offset > 0 || start?.index === 0 ? all[0] : all.at(-1);
      if (parts === undefined) continue;
      const day = dayOfParts(parts[year], parts[month], parts[date]);
      if (day !== undefined) return { day, from: offset + parts.index, to: offset + parts.index + parts[0].length };
    }
  }
  return undefined;
}

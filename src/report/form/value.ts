import type { OfficialDocument } from '../../model/inventory/common.ts';
import { formatDay } from '../format.ts';
import type { Value } from './paper.ts';

/** What stands in a sentence where a value is not known: dots for a pen. */
export const dots = '……';

/** A text that says nothing: empty, or the dots that an imported inventory has where a person must write. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || /^[\s.…_-]*$/u.test(text);
}

/** A text, or null where it says nothing. */
export function given(text: string | undefined): string | null {
  return text === undefined || isBlank(text) ? null : text;
}

/** Số, ngày, cơ quan as Mẫu 08 asks in columns 7 and 8: `21/QĐ-UBND ngày 05/10/2026, UBND tỉnh`. */
export function documentValue(document: OfficialDocument | undefined, issuer?: string): Value {
  if (document === undefined) return null;
  const by = given(document.issuer) ?? issuer ?? null;
  return `${document.number} ngày ${formatDay(document.date)}${by === null ? '' : `, ${by}`}`;
}

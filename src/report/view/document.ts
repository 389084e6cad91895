import type { OfficialDocument } from '../../model/inventory/common.ts';

/** A document as shown: number, day, issuer. */
export type DocumentView = { readonly number: string; readonly date: string; readonly issuer: string | null };

/** A document of the inventory, or null where it names none. */
export function documentView(document: OfficialDocument | undefined): DocumentView | null {
  return document === undefined
    ? null
    : { number: document.number, date: document.date, issuer: document.issuer ?? null };
}

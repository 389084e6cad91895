import type { Place } from '../yaml/place.ts';

/**
 * A record of a file that may still be wrong elsewhere. Checks read it with the functions below, which pass over whatever
 * is missing or of another type: the schema has told of that already.
 */
export type Rec = Readonly<Record<string, unknown>>;

export function isRec(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recIn(rec: Rec, key: string): Rec | undefined {
  const value = Object.hasOwn(rec, key) ? rec[key] : undefined;
  return isRec(value) ? value : undefined;
}

export function recsIn(rec: Rec, key: string): readonly Rec[] {
  return listIn(rec, key).filter(isRec);
}

export function textIn(rec: Rec, key: string): string | undefined {
  const value = Object.hasOwn(rec, key) ? rec[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list, each with its place. */
export function textsIn(rec: Rec, key: string): readonly { readonly text: string; readonly place: Place }[] {
  const list = listIn(rec, key);
  return list.flatMap((text, index) => (typeof text === 'string' ? [{ text, place: { in: list, key: index } }] : []));
}

function listIn(rec: Rec, key: string): readonly unknown[] {
  const value = Object.hasOwn(rec, key) ? rec[key] : undefined;
  return Array.isArray(value) ? value : [];
}

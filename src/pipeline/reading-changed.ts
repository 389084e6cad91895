import { canonicalJson } from '../model/canonical.ts';
import { own } from '../model/own.ts';
import type { KnownSoftwareTable } from '../model/vulnerability.ts';
import type { Judgement, KnownByTarget, Store } from '../store/types.ts';

export type ReadingChanged = { readonly checks: boolean; readonly data: boolean };

/** What a later judgement reads by otherwise than one before: the checks, and the data that they lean on. */
export async function readingChanged(store: Store, was: Judgement, is: Judgement): Promise<ReadingChanged> {
  return changed(was, is, await store.known(was.id), await store.known(is.id));
}

export function changed(
  { lawbook: was }: Judgement,
  { lawbook: is }: Judgement,
  known: KnownByTarget,
  laterKnown: KnownByTarget,
): ReadingChanged {
  return {
    checks: !same(was.checks, is.checks),
    data: !same(was.reference, is.reference) || !sameAnswers(known, laterKnown),
  };
}

const same = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b);

/** Whether the same products were answered the same; products that one run alone saw say nothing of the feeds. */
function sameAnswers(a: KnownByTarget, b: KnownByTarget): boolean {
  const [first, second] = [a, b].map((one) => Object.assign({}, ...one.values()) as KnownSoftwareTable);
  return Object.entries(first ?? {}).every(([key, answer]) => {
    const other = own(second ?? {}, key);
    return other === undefined || same(other, answer);
  });
}

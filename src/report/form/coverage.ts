import type { CoverageView } from '../view/tally.ts';
import type { Value } from './paper.ts';

/** Coverage as one cell, `12/40 (30 %)`; nothing where nothing was needed. */
export function coverageValue({ seen, needed, percent }: CoverageView): Value {
  return percent === null ? null : `${String(seen)}/${String(needed)} (${String(percent)} %)`;
}

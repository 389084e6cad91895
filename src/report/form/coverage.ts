import type { CoverageView } from '../view/tally.ts';
import type { Value } from './paper.ts';

/** Coverage as one cell, `12/40 (30 %)`, or that nothing had to be observed. */
export function coverageValue({ seen, needed, percent }: CoverageView): Value {
  return percent === null
    ? { words: ['report.coverage-none'] }
    : `${String(seen)}/${String(needed)} (${String(percent)}\u00a0%)`;
}

import type { Verdict } from '../../model/assessment.ts';
import type { Message } from '../../model/text.ts';
import { counts, type Count, type Tally } from './tally.ts';

/** One piece of a bar; `x` and `width` are percentages for SVG. */
export type Segment = {
  readonly tone: Verdict;
  readonly word: Message;
  readonly n: number;
  readonly x: string;
  readonly width: string;
  /** Wide enough to carry its mark. */
  readonly marked: boolean;
};

/** A bar of verdicts, most urgent on the left; empty when there is nothing to draw. */
export type Bar = { readonly total: number; readonly segments: readonly Segment[] };

const marked = 3;

/** Lays a tally out over the width of a bar. */
export function bar(of: Tally): Bar {
  return barOf(counts(of));
}

/** Lays counts out over the width of a bar, in their order. */
export function barOf(of: readonly Count[]): Bar {
  const all = of.reduce((sum, { n }) => sum + n, 0);
  let at = 0;
  const segments = of.map((count) => {
    const width = (count.n / all) * 100;
    const segment = { ...count, x: percent(at), width: percent(width), marked: width >= marked };
    at += width;
    return segment;
  });
  return { total: all, segments };
}

/** A percentage as SVG takes it. */
export function percent(value: number): string {
  return `${Number(value.toFixed(3))}%`;
}

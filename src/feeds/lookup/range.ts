import { compareOf } from '../../model/version/compare.ts';

/** Bounds that must all hold; `exact` alone where one version is meant; none at all: every version. */
export type Range = {
  readonly exact?: string;
  readonly fromIncluding?: string;
  readonly fromExcluding?: string;
  readonly toIncluding?: string;
  readonly toExcluding?: string;
};

/** Whether the version told lies in a range; undefined when what was told does not say (`2.4` against `<2.4.58`). */
export type InRange = (range: Range) => boolean | undefined;

/** A version that can be ordered at all begins with a number. */
export function isVersion(text: string): boolean {
  return /^v?\d/i.test(text) && text.length <= 128;
}

/**
 * Holds one version of a product against any number of ranges, in the order of its maker. Pure; each bound is compared once,
 * because the ranges of a product share a few hundred bounds among thousands.
 */
export function ranger(product: string, version: string): InRange {
  const seen = new Map<string, Standing | undefined>();
  const standing = (bound: string): Standing | undefined => {
    if (!seen.has(bound)) seen.set(bound, standingOf(product, version, bound));
    return seen.get(bound);
  };
  if (!isVersion(version)) return () => undefined;
  return (range) => {
    let answer: boolean | undefined = true;
    for (const [operator, bound] of boundsOf(range)) {
      // `-`: a product without versions; nothing that tells one is it.
      if (operator === '=' && !isVersion(bound)) return false;
      const holding = holds(operator, standing(bound));
      if (holding === false) return false;
      if (holding === undefined) answer = undefined;
    }
    return answer;
  };
}

/** `>=0.6.18 <1.20.1`, `=1.20.0`, `every version`. */
export function wordsOf(range: Range): string {
  const bounds = boundsOf(range).map(([operator, bound]) => `${operator}${bound}`);
  return bounds.length === 0 ? 'every version' : bounds.join(' ');
}

type Operator = '=' | '>=' | '>' | '<=' | '<';

function boundsOf(range: Range): readonly (readonly [Operator, string])[] {
  const bounds: [Operator, string][] = [];
  if (range.exact !== undefined) bounds.push(['=', range.exact]);
  if (range.fromIncluding !== undefined) bounds.push(['>=', range.fromIncluding]);
  if (range.fromExcluding !== undefined) bounds.push(['>', range.fromExcluding]);
  if (range.toIncluding !== undefined) bounds.push(['<=', range.toIncluding]);
  if (range.toExcluding !== undefined) bounds.push(['<', range.toExcluding]);
  return bounds;
}

/** How the version stands to a bound; `cut`: it was told in fewer parts, so it may be anything from there upwards. */
type Standing = { readonly order: number; readonly cut: boolean };

function standingOf(product: string, version: string, bound: string): Standing | undefined {
  const order = isVersion(bound) ? compareOf(product, version, bound) : undefined;
  return order === undefined ? undefined : { order, cut: isCut(version, bound) };
}

function holds(operator: Operator, standing: Standing | undefined): boolean | undefined {
  if (standing === undefined) return undefined;
  const { order, cut } = standing;
  if (cut) {
    // What was told is the least it can be: only "at least that" and "below that" follow from it.
    if (order < 0) return undefined;
    return operator === '>=' ? true : operator === '<' ? false : undefined;
  }
  switch (operator) {
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
  }
}

/** `2.4` for some 2.4.x: the bound goes on with numbers where the version ends. */
function isCut(told: string, bound: string): boolean {
  const parts = /^v?(\d+(?:\.\d+)*)$/i.exec(told)?.[1]?.split('.').map(Number);
  const limit = /^v?(\d+(?:\.\d+)*)/i.exec(bound)?.[1]?.split('.').map(Number) ?? [];
  return parts !== undefined && parts.length < limit.length && parts.every((part, at) => part === limit[at]);
}

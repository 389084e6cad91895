import { compareVersions, isCut, isVersion } from './versions.ts';

/** Bounds that must all hold; `exact` alone where one version is meant; none at all: every version. */
export type Range = {
  readonly exact?: string;
  readonly fromIncluding?: string;
  readonly fromExcluding?: string;
  readonly toIncluding?: string;
  readonly toExcluding?: string;
};

/** Whether a version lies in a range; undefined when what was told does not say (`2.4` against `<2.4.58`). Pure. */
export function inRange(version: string, range: Range): boolean | undefined {
  if (!isVersion(version)) return undefined;
  let answer: boolean | undefined = true;
  for (const [operator, bound] of boundsOf(range)) {
    const holding = holds(version, operator, bound);
    if (holding === false) return false;
    if (holding === undefined) answer = undefined;
  }
  return answer;
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

function holds(version: string, operator: Operator, bound: string): boolean | undefined {
  // `-`: a product without versions; nothing that tells one is it.
  if (operator === '=' && !isVersion(bound)) return false;
  if (!isVersion(bound)) return undefined;
  const order = compareVersions(version, bound);
  if (isCut(version, bound)) {
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

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
  const answers = boundsOf(range).map(([operator, bound]) => holds(version, operator, bound));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** `>=0.6.18 <1.20.1`, `=1.20.0`, `every version`. */
export function wordsOf(range: Range): string {
  const bounds = boundsOf(range).map(([operator, bound]) => `${operator}${bound}`);
  return bounds.length === 0 ? 'every version' : bounds.join(' ');
}

type Operator = '=' | '>=' | '>' | '<=' | '<';

function boundsOf(range: Range): readonly (readonly [Operator, string])[] {
  const all: readonly (readonly [Operator, string | undefined])[] = [
    // `-`: a product without versions; nothing that tells one is it.
    ['=', range.exact],
    ['>=', range.fromIncluding],
    ['>', range.fromExcluding],
    ['<=', range.toIncluding],
    ['<', range.toExcluding],
  ];
  return all.flatMap(([operator, bound]) => (bound === undefined ? [] : [[operator, bound] as const]));
}

function holds(version: string, operator: Operator, bound: string): boolean | undefined {
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

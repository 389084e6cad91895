/** `1.22.1`, `9.2p1`, `1.0.2k`: numbers, then what follows the last of them. */
type Version = { readonly numbers: readonly number[]; readonly suffix: Suffix };
type Suffix = { readonly kind: 'none' | 'letter' | 'patch'; readonly rank: number };

const operators = ['>=', '<=', '>', '<', '='] as const;
type Comparator = { readonly operator: (typeof operators)[number]; readonly bound: Version };

/** Comparators that must all hold, in alternatives of which one must: `>=1.2 <1.5 || >=2`. */
export type VersionRange = readonly (readonly Comparator[])[];

/** Reads a range; undefined when it is not one. */
export function parseRange(text: string): VersionRange | undefined {
  const alternatives = text.split('||').map((part) => part.trim().split(/\s+/).map(parseComparator));
  return alternatives.every((comparators) => comparators.every((one) => one !== undefined)) ? alternatives : undefined;
}

/** Whether a version lies in a range; undefined when what was told does not decide it (`2.4` against `<2.4.58`, `main`). */
export function inRange(text: string, range: VersionRange): boolean | undefined {
  const version = parseVersion(text);
  if (version === undefined) return undefined;
  return any(range.map((comparators) => all(comparators.map((comparator) => holds(version, comparator)))));
}

function parseComparator(text: string): Comparator | undefined {
  const operator = operators.find((one) => text.startsWith(one));
  const bound = operator === undefined ? undefined : parseVersion(text.slice(operator.length));
  return operator === undefined || bound === undefined ? undefined : { operator, bound };
}

function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,9}(?:\.\d{1,9}){0,7})(?:([a-z])|p(\d{1,4}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, dotted = '', letter, patch] = match;
  return { numbers: dotted.split('.').map(Number), suffix: suffixOf(letter, patch) };
}

function suffixOf(letter: string | undefined, patch: string | undefined): Suffix {
  if (letter !== undefined) return { kind: 'letter', rank: letter.charCodeAt(0) };
  if (patch !== undefined) return { kind: 'patch', rank: Number(patch) };
  return { kind: 'none', rank: -1 };
}

/** A version told in fewer numbers than the bound (`2.4` for some 2.4.x) may lie anywhere from its own zeros upwards. */
function holds(version: Version, { operator, bound }: Comparator): boolean | undefined {
  const order = compare(version, bound);
  if (order === undefined) return undefined;
  const cut = version.numbers.length < bound.numbers.length && startsWith(bound.numbers, version.numbers);
  if (!cut) return test(operator, order);
  // What was told is the least it can be: only "at least that" and "below that" follow from it.
  if (order < 0) return undefined;
  return operator === '>=' ? true : operator === '<' ? false : undefined;
}

function test(operator: Comparator['operator'], order: number): boolean {
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
  }
}

function compare(a: Version, b: Version): number | undefined {
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  const comparable = a.suffix.kind === b.suffix.kind || a.suffix.kind === 'none' || b.suffix.kind === 'none';
  return comparable ? a.suffix.rank - b.suffix.rank : undefined;
}

function startsWith(numbers: readonly number[], start: readonly number[]): boolean {
  return start.every((value, index) => numbers[index] === value);
}

/** Kleene's and: one false decides, whatever else is unknown. */
function all(values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
}

function any(values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.includes(true) ? true : values.includes(undefined) ? undefined : false;
}

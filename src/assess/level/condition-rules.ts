import { nearest } from '../../yaml/nearest.ts';
import { message } from '../../model/text.ts';
import type { Path } from '../../yaml/pointer.ts';
import type { Departure } from '../schema-problem.ts';
import { factKinds, type FactKind } from './facts.ts';

const comparisons = ['equals', 'oneOf', 'atLeast', 'below', 'includes', 'excludes', 'only'] as const;
type Comparison = (typeof comparisons)[number];

/** Deepest nesting of `all` and `any`. */
const deepest = 6;

/** What is wrong with a condition, wherever in it. */
export function conditionDepartures(value: unknown, path: Path, depth = 0): readonly Departure[] {
  const wrong = [{ path, message: message('level.file.bad-condition') }];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > deepest) return wrong;
  const keys = Object.keys(value);
  const group = keys[0];
  if (keys.length === 1 && (group === 'all' || group === 'any')) {
    const members: unknown = (value as Readonly<Record<string, unknown>>)[group];
    if (!Array.isArray(members) || members.length === 0) return wrong;
    return members.flatMap((member, index) => conditionDepartures(member, [...path, group, index], depth + 1));
  }
  const fact: unknown = (value as { fact?: unknown }).fact;
  const comparison = comparisons.find((one) => keys.includes(one));
  if (keys.length !== 2 || typeof fact !== 'string' || comparison === undefined) return wrong;
  const kind = factKinds[fact];
  if (kind === undefined) {
    const near = nearest(fact, Object.keys(factKinds));
    return [
      {
        path: [...path, 'fact'],
        message:
          near === undefined
            ? message('level.file.no-fact', { fact })
            : message('level.file.no-fact-near', { fact, near }),
      },
    ];
  }
  const operand: unknown = (value as Readonly<Record<string, unknown>>)[comparison];
  return fits(kind, comparison, operand)
    ? []
    : [{ path: [...path, comparison], message: message('level.file.bad-operand', { fact, comparison }) }];
}

/** Whether a comparison suits the kind of fact, and its operand is a value that the fact can take. */
function fits(kind: FactKind, comparison: Comparison, operand: unknown): boolean {
  const listOf = (words: readonly string[]) =>
    Array.isArray(operand) && operand.length > 0 && operand.every((one) => words.includes(one as string));
  switch (kind.kind) {
    case 'boolean':
      return comparison === 'equals' && typeof operand === 'boolean';
    case 'number':
      return ['equals', 'atLeast', 'below'].includes(comparison) && Number.isSafeInteger(operand);
    case 'word':
      if (comparison === 'oneOf') return listOf(kind.words);
      if (comparison === 'equals') return kind.words.includes(operand as string);
      return kind.ordered && ['atLeast', 'below'].includes(comparison) && kind.words.includes(operand as string);
    case 'list':
      return ['includes', 'excludes', 'only'].includes(comparison) && listOf(kind.words);
  }
}

import type { Condition, FactName, FactTest, FactValue } from '../../model/level-law.ts';
import type { Truth } from '../../model/level.ts';
import { factKinds, type KnownFacts } from './facts.ts';

/** What a condition comes to, and the facts that would have to be given to tell more. */
export type Told = { readonly truth: Truth; readonly missing: readonly FactName[] };

/**
 * Evaluates a condition in three values (Kleene): a fact that is not given is unknown, one false member makes `all`
 * false and one true member makes `any` true whatever is unknown beside it. Learning a fact never turns true to false.
 */
export function tell(condition: Condition, facts: KnownFacts): Told {
  if ('all' in condition) return together(condition.all, facts, 'false');
  if ('any' in condition) return together(condition.any, facts, 'true');
  const value = facts.get(condition.fact);
  if (value === undefined) return { truth: 'unknown', missing: [condition.fact] };
  return { truth: holds(condition, value) ? 'true' : 'false', missing: [] };
}

/** `decides` is the value of one member that settles the whole. */
function together(members: readonly Condition[], facts: KnownFacts, decides: 'true' | 'false'): Told {
  const missing = new Set<FactName>();
  let open = false;
  for (const member of members) {
    const told = tell(member, facts);
    if (told.truth === decides) return { truth: decides, missing: [] };
    if (told.truth !== 'unknown') continue;
    open = true;
    for (const fact of told.missing) missing.add(fact);
  }
  if (open) return { truth: 'unknown', missing: [...missing] };
  return { truth: decides === 'true' ? 'false' : 'true', missing: [] };
}

function holds(test: FactTest, value: FactValue): boolean {
  if ('equals' in test) return value === test.equals;
  if ('oneOf' in test) return (test.oneOf as readonly unknown[]).includes(value);
  if ('atLeast' in test) return rank(test.fact, value) >= rank(test.fact, test.atLeast);
  if ('below' in test) return rank(test.fact, value) < rank(test.fact, test.below);
  const list = value as readonly string[];
  if ('includes' in test) return test.includes.some((one) => list.includes(one));
  if ('excludes' in test) return !test.excludes.some((one) => list.includes(one));
  return list.length > 0 && list.every((one) => test.only.includes(one));
}

function rank(fact: FactName, value: unknown): number {
  const kind = factKinds[fact];
  return kind?.kind === 'word' ? kind.words.indexOf(String(value)) : Number(value);
}

import type { RuleSchema } from '../model/check.ts';
import type { Message } from '../model/text.ts';
import type { Path } from '../yaml/pointer.ts';
import type { ViewNode } from './view-type.ts';

/** Something in a rule that could not mean what was meant, and where it stands in the check file. */
export type Lint = { readonly path: Path; readonly message: Message };

/** Where the walk stands: a piece of rule, the fact it is about, and what is known there. */
export type Place = {
  readonly rule: RuleSchema;
  readonly fact: ViewNode;
  /** In the check file. */
  readonly path: Path;
  /** In the facts; `*` is any item. */
  readonly at: readonly string[];
  /** Facts required on the way here, outside composites. */
  readonly required: ReadonlySet<string>;
  /** Inside `anyOf`, `oneOf`, `not`, `if` or `contains`: their name. */
  readonly composite?: string;
  /** A `because` stands around it. */
  readonly explained: boolean;
  /** A schema around this one for the same value has fixed its type. */
  readonly typed: boolean;
  /** Types that `applies` leaves to a fact, by its place: a rule is not asked of others. */
  readonly settled: ReadonlyMap<string, readonly string[]>;
};

/** A place in the facts as a key. */
export const keyOf = (at: readonly string[]): string => at.join('\n');

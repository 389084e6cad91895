import type { Kind } from './observation.ts';
import type { TargetKind } from './target.ts';
import type { Text } from './text.ts';

/** Noun in kebab-case, permanent; equals the file's name. */
export type CheckId = string;

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

export const outcomes = ['pass', 'fail', 'not-applicable', 'not-observed'] as const;
export type Outcome = (typeof outcomes)[number];

/** Where a fix is made. `any` serves where no server-specific text fits better. */
export const platforms = [
  'any',
  'nginx',
  'apache',
  'iis',
  'tomcat',
  'liferay',
  'postfix',
  'exchange',
  'bind',
  'linux',
  'windows',
  'network',
] as const;
export type Platform = (typeof platforms)[number];

/** A JSON Schema 2020-12 over the view of facts, plus our keywords (checks/README.md). */
export type RuleSchema = Readonly<Record<string, unknown>>;

/** Facts and what is expected of them; run by the tests. */
export type Example = {
  readonly name?: string;
  readonly at?: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly expect: Outcome;
  /** Pointers of the evidence expected of a failure. */
  readonly evidence?: readonly string[];
};

/** One question about one target, with its rule, its words and the examples that prove it. Knows no law. */
export type Check = {
  readonly id: CheckId;
  /** The required good state. */
  readonly title: Text;
  readonly why: Text;
  readonly severity: Severity;
  readonly about: readonly TargetKind[];
  readonly reads: readonly Kind[];
  readonly applies?: RuleSchema;
  readonly rule: RuleSchema;
  readonly fix: Readonly<Partial<Record<Platform, Text>>>;
  /** Groups checks that one change mends: `tls-protocols`, `security-headers`. */
  readonly change: string;
  readonly sources: readonly string[];
  readonly since: string;
  readonly replaces?: readonly CheckId[];
  readonly examples: readonly Example[];
};

import { Type, type TSchema } from '@sinclair/typebox';
import { outcomes, platforms, severities, type RuleSchema } from '../model/check.ts';
import { kinds } from '../model/observation.ts';
import { closed, instant, list, oneOf, text } from '../model/schema.ts';
import { targetKinds } from '../model/target.ts';

const id = (description: string) => text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description });

function bothLanguages(max: number, description: string): TSchema {
  const words = text(max, { pattern: '\\S' });
  return Type.Object({ vi: words, en: words }, { ...closed, description });
}

const because = bothLanguages(500, 'Why a value that breaks the rule matters; the nearest enclosing one is shown');
const rule = { $ref: '#/$defs/rule' };
const rules = { type: 'array', items: rule, minItems: 1 };
const size = { type: 'integer', minimum: 0 };
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
/** A rule for a fact, or `true`: it must be there, whatever it is. */
const factOrAny = { if: { type: 'boolean' }, then: { const: true }, else: rule };

/** The keywords of a rule: JSON Schema 2020-12 without references, annotations and `format`, plus our four. */
const ruleKeywords: Readonly<Record<string, unknown>> = {
  type: {
    if: { type: 'array' },
    then: { type: 'array', items: { enum: types }, minItems: 1, uniqueItems: true },
    else: { enum: types },
  },
  const: {},
  enum: { type: 'array', minItems: 1 },
  required: { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
  properties: { type: 'object', additionalProperties: factOrAny, minProperties: 1 },
  items: rule,
  contains: rule,
  minContains: size,
  maxContains: size,
  minItems: size,
  maxItems: size,
  minLength: size,
  maxLength: size,
  pattern: { type: 'string', minLength: 1, maxLength: 500 },
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  exclusiveMinimum: { type: 'number' },
  exclusiveMaximum: { type: 'number' },
  allOf: rules,
  anyOf: rules,
  oneOf: rules,
  not: rule,
  if: rule,
  then: rule,
  else: rule,
  because,
  versionIn: { type: 'string', minLength: 1, maxLength: 200, description: '">=1.2 <1.5 || >=2"' },
  daysAheadMin: { type: 'number', description: 'At least this many days after the observation' },
  daysAgoMax: { type: 'number', description: 'At most this many days before the observation' },
};

const example = Type.Object(
  {
    name: Type.Optional(text(300)),
    at: Type.Optional(instant('Clock of the observation; 2026-01-01T00:00:00.000Z when absent')),
    given: Type.Unsafe({ type: 'object', description: 'Only the facts that the check reads' }),
    expect: oneOf(outcomes),
    evidence: Type.Optional(list(text(500), 100, { description: 'Pointers of the evidence expected' })),
  },
  closed,
);

const fix = Type.Object(
  Object.fromEntries(platforms.map((one) => [one, Type.Optional(bothLanguages(4000, 'What to do there'))])),
  { ...closed, minProperties: 1 },
);

/** What a check file may hold; `checks/check.schema.json` is this, for editors. The lint asks for more. */
export const checkSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rà Soát check',
  ...Type.Object(
    {
      id: id('Noun in kebab-case, equal to the file name, permanent'),
      title: bothLanguages(200, 'The required good state'),
      why: bothLanguages(2000, 'Why it matters, for an engineer'),
      severity: oneOf(severities),
      about: list(oneOf(targetKinds), targetKinds.length, { minItems: 1 }),
      reads: list(oneOf(kinds), kinds.length, { minItems: 1 }),
      applies: Type.Optional(Type.Unsafe<RuleSchema>(rule)),
      rule: Type.Unsafe<RuleSchema>(rule),
      fix,
      change: id('Checks that one change mends share this word'),
      sources: list(text(500, { minLength: 1 }), 20, { minItems: 1 }),
      since: text(20, { pattern: '^\\d+\\.\\d+\\.\\d+$', description: 'Version of the program that brought it' }),
      replaces: Type.Optional(list(id('Retired id'), 50, { minItems: 1 })),
      examples: list(example, 100, { minItems: 2 }),
    },
    closed,
  ),
  $defs: { rule: { type: 'object', properties: ruleKeywords, additionalProperties: false } },
};

/** The text of `checks/check.schema.json`. */
export function renderCheckSchema(): string {
  return `${JSON.stringify(checkSchema, null, 2)}\n`;
}

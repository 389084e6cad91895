import { message } from '../model/text.ts';
import { valueKeywords } from './keywords.ts';
import { keyOf, type Lint, type Place } from './lint-place.ts';
import { nearest } from '../yaml/nearest.ts';
import { patternFault } from './safe-pattern.ts';
import { parseRange } from './version.ts';
import { canBe, typesOf, wordsOf } from './view-type.ts';

/** The types that a keyword speaks about; it says nothing of other values, so it must not meet them. */
const speaksOf: Readonly<Record<string, readonly string[]>> = {
  properties: ['object'],
  required: ['object'],
  items: ['array'],
  contains: ['array'],
  minContains: ['array'],
  maxContains: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  versionIn: ['string'],
  daysAheadMin: ['string'],
  daysAgoMax: ['string'],
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  exclusiveMinimum: ['number', 'integer'],
  exclusiveMaximum: ['number', 'integer'],
};

/** Keywords that can find a value wrong, `type` apart, which is looked at with the view. */
const asserting = [
  ...['const', 'enum', 'contains', 'minItems', 'maxItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'anyOf', 'oneOf', 'not', ...valueKeywords],
];

/** What is said of one fact: keywords fit its type, values are possible, patterns are safe, a reason stands around. */
export function lintValues(place: Place): readonly Lint[] {
  return [...lintTypes(place), ...lintWords(place), ...lintOwnKeywords(place), ...lintReason(place)];
}

function lintTypes({ rule, fact, path, typed }: Place): readonly Lint[] {
  const possible = typesOf(fact);
  const named = typesNamed(rule['type']);
  const own = named.flatMap((type) =>
    fits(type, possible)
      ? []
      : [
          {
            path: [...path, 'type'],
            message: message('checks.rule-type', { type, possible: [...possible].join(', ') }),
          },
        ],
  );
  const keywords = Object.keys(rule).flatMap((keyword): readonly Lint[] => {
    const spoken = speaksOf[keyword];
    if (spoken === undefined) return [];
    const at = [...path, keyword];
    if (!spoken.some((type) => fits(type, possible))) {
      return [
        { path: at, message: message('checks.rule-keyword-type', { keyword, possible: [...possible].join(', ') }) },
      ];
    }
    return typed ? [] : [{ path: at, message: message('checks.rule-untyped', { keyword, type: spoken.join(', ') }) }];
  });
  return [...own, ...keywords];
}

function typesNamed(type: unknown): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : (type as readonly string[]);
}

function fits(type: string, possible: ReadonlySet<string>): boolean {
  if (possible.has(type)) return true;
  return (type === 'number' && possible.has('integer')) || (type === 'integer' && possible.has('number'));
}

/** `const` and `enum` name values that the fact can have, so that a misspelt word is found. */
function lintWords({ rule, fact, path }: Place): readonly Lint[] {
  const values = ((rule['enum'] as readonly unknown[] | undefined) ?? []).map((value, index) => ({
    value,
    at: ['enum', index],
  }));
  const all = 'const' in rule ? [{ value: rule['const'], at: ['const'] }, ...values] : values;
  return all.flatMap(({ value, at }) => {
    if (canBe(fact, value)) return [];
    const near = typeof value === 'string' ? nearest(value, wordsOf(fact)) : undefined;
    const params = { value: JSON.stringify(value) };
    return [
      near === undefined
        ? { path: [...path, ...at], message: message('checks.rule-value', params) }
        : { path: [...path, ...at], message: message('checks.rule-value-near', { ...params, near }) },
    ];
  });
}

function lintOwnKeywords({ rule, path, composite }: Place): readonly Lint[] {
  const found: Lint[] = [];
  const { pattern, versionIn } = rule;
  const fault = typeof pattern === 'string' ? patternFault(pattern) : undefined;
  if (fault !== undefined)
    found.push({ path: [...path, 'pattern'], message: message('checks.rule-pattern', { fault }) });
  if (typeof versionIn === 'string' && parseRange(versionIn) === undefined) {
    found.push({ path: [...path, 'versionIn'], message: message('checks.rule-range', { range: versionIn }) });
  }
  if (composite === undefined) return found;
  for (const keyword of valueKeywords.filter((one) => one in rule)) {
    found.push({ path: [...path, keyword], message: message('checks.rule-composite-keyword', { keyword, composite }) });
  }
  return found;
}

function lintReason({ rule, fact, path, at, explained, settled }: Place): readonly Lint[] {
  if (explained) return [];
  const named = typesNamed(rule['type']);
  const possible = settled.get(keyOf(at)) ?? [...typesOf(fact)];
  const narrows = named.length > 0 && possible.some((type) => !fits(type, new Set(named)));
  const keyword = asserting.find((one) => one in rule) ?? (narrows ? 'type' : undefined);
  return keyword === undefined
    ? []
    : [{ path: [...path, keyword], message: message('checks.rule-because', { keyword }) }];
}

import type { Check, RuleSchema } from '../model/check.ts';
import { message, type Message } from '../model/text.ts';
import { keyOf, type Lint, type Place } from './lint-place.ts';
import { lintValues } from './lint-values.ts';
import { nearest } from '../yaml/nearest.ts';
import type { Path } from '../yaml/pointer.ts';
import { isSchema, schemasUnder } from './reads.ts';
import { factBelow, itemOf, namesBelow, rootNode } from './view-type.ts';

/** Reads a rule against the views (style.md C5): every fact exists, its type agrees, what is read is required, reasons are there. */
export function lintCheck(check: Check): readonly Lint[] {
  const parts = (['applies', 'rule'] as const).flatMap((part) => {
    const schema = check[part];
    return schema === undefined ? [] : [{ part, schema }];
  });
  const requiredKinds = new Set(
    parts.flatMap(({ schema }) => (schema['required'] as readonly string[] | undefined) ?? []),
  );
  return [
    ...parts.flatMap(({ part, schema }) => [
      ...lintKinds(check, part, schema),
      ...lintPart(part, schema, part === 'rule' ? typesSettled(check.applies ?? {}, []) : new Map()),
    ]),
    ...check.reads.flatMap((kind, index) =>
      requiredKinds.has(kind)
        ? []
        : [{ path: ['reads', index], message: message('checks.rule-kind-unused', { kind }) }],
    ),
  ];
}

function lintKinds(check: Check, part: string, schema: RuleSchema): readonly Lint[] {
  return Object.keys((schema['properties'] as object | undefined) ?? {})
    .filter((kind) => kind in (rootNode['properties'] as object) && !check.reads.some((one) => one === kind))
    .map((kind) => ({ path: [part, 'properties', kind], message: message('checks.rule-kind-undeclared', { kind }) }));
}

function lintPart(part: 'applies' | 'rule', rule: RuleSchema, settled: Place['settled']): readonly Lint[] {
  // Nobody is shown why a check does not apply, so `applies` owes no reasons.
  return lint({
    rule,
    fact: rootNode,
    path: [part],
    at: [],
    required: requiredBelow(rule, []),
    explained: part === 'applies',
    typed: false,
    settled,
  });
}

/** What `applies` says of types, along properties alone. */
function typesSettled(rule: RuleSchema, at: readonly string[]): Place['settled'] {
  const { type } = rule;
  const own =
    type === undefined ? [] : [[keyOf(at), (typeof type === 'string' ? [type] : type) as readonly string[]] as const];
  const below = Object.entries((rule['properties'] as Readonly<Record<string, unknown>> | undefined) ?? {});
  return new Map([
    ...own,
    ...below.flatMap(([name, inner]) => (isSchema(inner) ? [...typesSettled(inner, [...at, name])] : [])),
  ]);
}

function lint(place: Place): readonly Lint[] {
  const here: Place = {
    ...place,
    explained: place.explained || place.rule['because'] !== undefined,
    typed: place.typed || place.rule['type'] !== undefined,
  };
  return [...lintValues(here), ...lintFacts(here), ...lintItems(here), ...lintSameValue(here)];
}

/** Facts that a rule requires, outside composites, below a place. */
function requiredBelow(rule: RuleSchema, at: readonly string[]): ReadonlySet<string> {
  const found = new Set(
    ((rule['required'] as readonly string[] | undefined) ?? []).map((name) => keyOf([...at, name])),
  );
  const add = (inner: RuleSchema, below: readonly string[]) => {
    for (const one of requiredBelow(inner, below)) found.add(one);
  };
  for (const [name, inner] of Object.entries((rule['properties'] as object | undefined) ?? {}) as [string, unknown][]) {
    if (isSchema(inner)) add(inner, [...at, name]);
  }
  for (const inner of schemasUnder(rule, 'items')) add(inner, [...at, '*']);
  for (const inner of schemasUnder(rule, 'allOf')) add(inner, at);
  return found;
}

/** `properties` and `required`: each fact exists, and what is read is required outside composites. */
function lintFacts(place: Place): readonly Lint[] {
  const { rule, fact, path, at, composite } = place;
  const properties = Object.entries((rule['properties'] as Readonly<Record<string, unknown>> | undefined) ?? {});
  const required = (rule['required'] as readonly string[] | undefined) ?? [];
  const unread = required.flatMap((name, index) => {
    if (properties.some(([read]) => read === name)) return [];
    const where = [...path, 'required', index];
    return factBelow(fact, name) === undefined
      ? [unknownFact(place, name, where)]
      : [{ path: where, message: message('checks.rule-required-unread', { fact: name }) }];
  });
  const read = properties.flatMap(([name, inner]): readonly Lint[] => {
    const below = factBelow(fact, name);
    const inside = [...path, 'properties', name];
    if (below === undefined) return [unknownFact(place, name, inside)];
    const fault = place.required.has(keyOf([...at, name]))
      ? []
      : [{ path: inside, message: uncertain(name, composite) }];
    if (!isSchema(inner)) return fault;
    return [...fault, ...lint({ ...place, rule: inner, fact: below, path: inside, at: [...at, name], typed: false })];
  });
  return [...unread, ...read];
}

function uncertain(fact: string, composite: string | undefined): Message {
  return composite === undefined
    ? message('checks.rule-not-required', { fact })
    : message('checks.rule-composite', { fact, composite });
}

function unknownFact({ fact, at }: Place, name: string, path: Path): Lint {
  const near = nearest(name, namesBelow(fact));
  const params = { fact: [...at, name].join('.') };
  return {
    path,
    message:
      near === undefined ? message('checks.rule-fact', params) : message('checks.rule-fact-near', { ...params, near }),
  };
}

function lintItems(place: Place): readonly Lint[] {
  const item = itemOf(place.fact);
  if (item === undefined) return [];
  const below = { ...place, fact: item, at: [...place.at, '*'], typed: false };
  return [
    ...schemasUnder(place.rule, 'items').flatMap((rule) => lint({ ...below, rule, path: [...place.path, 'items'] })),
    ...schemasUnder(place.rule, 'contains').flatMap((rule) =>
      lint({ ...below, rule, path: [...place.path, 'contains'], composite: 'contains', explained: true }),
    ),
  ];
}

/** Schemas about the same value: composites, whose outer keyword speaks for them, and `allOf`, `then`, `else`, which do not. */
function lintSameValue(place: Place): readonly Lint[] {
  const { rule, path, at } = place;
  const listed = (keyword: string, index: number) =>
    Array.isArray(rule[keyword]) ? [...path, keyword, index] : [...path, keyword];
  const composites = ['anyOf', 'oneOf', 'not', 'if'].flatMap((keyword) =>
    schemasUnder(rule, keyword).flatMap((inner, index) =>
      lint({
        ...place,
        rule: inner,
        path: listed(keyword, index),
        composite: place.composite ?? keyword,
        explained: true,
      }),
    ),
  );
  const plain = ['allOf', 'then', 'else'].flatMap((keyword) =>
    schemasUnder(rule, keyword).flatMap((inner, index) =>
      lint({
        ...place,
        rule: inner,
        path: listed(keyword, index),
        required: new Set([...place.required, ...requiredBelow(inner, at)]),
      }),
    ),
  );
  return [...composites, ...plain];
}

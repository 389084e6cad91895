import { Ajv, type ValidateFunction } from 'ajv';
import type { CompiledCheck } from '../../src/judge/compile.ts';
import { decide, type Decision, type Looks } from '../../src/judge/decide.ts';
import { isSchema, schemasUnder } from '../../src/judge/reads.ts';
import { views } from '../../src/judge/views.ts';
import type { RuleSchema } from '../../src/model/check.ts';
import { kinds, type Kind } from '../../src/model/observation.ts';

export type Given = Readonly<Record<string, unknown>>;

const defaultClock = '2026-01-01T00:00:00.000Z';

/** Decides a check over the facts of an example: views as they stand, on one clock. */
export function decideGiven(compiled: CompiledCheck, given: Given, at: string = defaultClock): Decision {
  const looks: Looks = Object.fromEntries(
    kinds.filter((kind) => kind in given).map((kind) => [kind, { at, view: given[kind], unseen: [] }]),
  );
  return decide(compiled, looks);
}

const partial = new Map<Kind, ValidateFunction>();

/** What in an example is no fact of any view: a misspelt name, an impossible value. */
export function misspelt(given: Given): string | undefined {
  for (const [kind, facts] of Object.entries(given)) {
    if (!kinds.some((one) => one === kind)) return `${kind} is no kind`;
    const schema = withoutRequired(views[kind as Kind].schema) as object;
    const validate = partial.get(kind as Kind) ?? new Ajv({ strict: false }).compile(schema);
    partial.set(kind as Kind, validate);
    if (!validate(facts))
      return `/${kind}${validate.errors?.[0]?.instancePath ?? ''} ${JSON.stringify(validate.errors?.[0])}`;
  }
  return undefined;
}

function withoutRequired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutRequired);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      key === 'required' && Array.isArray(value) ? [] : [[key, withoutRequired(value)]],
    ),
  );
}

type Steps = readonly (string | number)[];

/** Places of the facts that a rule requires, outside composites and conditions, and that an example has. */
export function requiredPlaces(rule: RuleSchema, facts: unknown, at: Steps = []): readonly Steps[] {
  if (Array.isArray(facts)) {
    return schemasUnder(rule, 'items').flatMap((item) =>
      facts.flatMap((fact, index) => requiredPlaces(item, fact, [...at, index])),
    );
  }
  if (typeof facts !== 'object' || facts === null) return [];
  const has = (name: string) => Object.hasOwn(facts, name);
  const required = ((rule['required'] as readonly string[] | undefined) ?? []).filter(has);
  const below = Object.entries((rule['properties'] as Given | undefined) ?? {}).filter(([name]) => has(name));
  return [
    ...required.map((name) => [...at, name]),
    ...below.flatMap(([name, inner]) =>
      isSchema(inner) ? requiredPlaces(inner, (facts as Given)[name], [...at, name]) : [],
    ),
    ...schemasUnder(rule, 'allOf').flatMap((inner) => requiredPlaces(inner, facts, at)),
  ];
}

/** Places of every key in an example. */
export function everyPlace(facts: unknown, at: Steps = []): readonly Steps[] {
  if (Array.isArray(facts)) return facts.flatMap((fact, index) => everyPlace(fact, [...at, index]));
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).flatMap(([name, inner]) => [[...at, name], ...everyPlace(inner, [...at, name])]);
}

/** The same facts with one of them not seen. */
export function without(given: Given, place: Steps): Given {
  const copy = structuredClone(given) as Record<string, unknown>;
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], copy);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a key that is absent is what the test is about
  delete (parent as Record<string, unknown>)[String(place.at(-1))];
  return copy;
}

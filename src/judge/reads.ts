import type { RuleSchema } from '../model/check.ts';

/** Whether a value is a schema with keywords in it, not `true`, `false` or something else. */
export function isSchema(value: unknown): value is RuleSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schemas that stand directly under a keyword: one, a list of them, or none. */
export function schemasUnder(node: RuleSchema, keyword: string): readonly RuleSchema[] {
  const value = node[keyword];
  return (Array.isArray(value) ? value : [value]).filter(isSchema);
}

const sameValue = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const;
const everyItem = ['items', 'contains'] as const;

const known = new WeakMap<RuleSchema, Map<string, readonly (readonly string[])[]>>();

/**
 * Facts that a composite or condition reads, as paths from the value it stands at; `*` is any item. Reading a fact
 * whole is a path too.
 */
export function readsOf(node: RuleSchema, keyword: string): readonly (readonly string[])[] {
  const cached = known.get(node) ?? new Map<string, readonly (readonly string[])[]>();
  known.set(node, cached);
  const before = cached.get(keyword);
  if (before !== undefined) return before;
  const under = keyword === 'contains' ? ['*'] : [];
  const reads = schemasUnder(node, keyword).flatMap((schema) => pathsIn(schema, under));
  cached.set(keyword, reads);
  return reads;
}

function pathsIn(schema: RuleSchema, at: readonly string[]): readonly (readonly string[])[] {
  const properties = Object.entries((schema['properties'] as Readonly<Record<string, unknown>> | undefined) ?? {});
  return [
    at,
    ...properties.flatMap(([name, inner]) => (isSchema(inner) ? pathsIn(inner, [...at, name]) : [[...at, name]])),
    ...everyItem.flatMap((keyword) => schemasUnder(schema, keyword).flatMap((inner) => pathsIn(inner, [...at, '*']))),
    ...sameValue.flatMap((keyword) => schemasUnder(schema, keyword).flatMap((inner) => pathsIn(inner, at))),
  ];
}

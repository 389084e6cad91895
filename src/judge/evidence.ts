import type { ErrorObject } from 'ajv/dist/2020.js';
import type { RuleSchema } from '../model/check.ts';
import type { Evidence } from '../model/finding.ts';
import type { Text } from '../model/text.ts';
import { isUndecided } from './keywords.ts';
import { pointerOf, stepsOf } from '../yaml/pointer.ts';
import { isSchema, readsOf } from './reads.ts';

/** A fact that was needed and not seen, or seen and not enough to decide. */
export type Gap = { readonly at: string; readonly undecided: boolean };

/** What the errors of one rule come to: values that are wrong, facts that are missing. */
export type Folded = { readonly wrong: readonly Evidence[]; readonly missing: readonly Gap[] };

/** Most evidence kept of one finding; what is over it says the same of more places. */
export const mostEvidence = 100;

/** Longest value kept, in bytes of its JSON. */
const longestValue = 2048;

/**
 * Folds ajv's errors (style.md C5): a composite speaks as one, its branches are dropped; a composite or a condition that
 * read a missing fact decides nothing; each wrong value gets the nearest `because` on its way, else `fallback`.
 */
export function foldErrors(errors: readonly ErrorObject[], rule: RuleSchema, fallback: Text): Folded {
  const traced = errors.flatMap((error) => {
    const trace = traceOf(error.schemaPath, rule);
    return trace === undefined ? [] : [{ error, ...trace }];
  });
  const missing = traced.flatMap(({ error }) => gapOf(error));
  const gaps = missing.filter(({ undecided }) => !undecided).map(({ at }) => stepsOf(at));
  const evidence = new Map<string, Evidence>();
  for (const { error, guards, because = fallback } of traced) {
    if (gapOf(error).length > 0 || isBlind(guards, error.instancePath, gaps)) continue;
    const key = `${error.instancePath}\n${because.vi}`;
    if (evidence.size < mostEvidence && !evidence.has(key)) {
      evidence.set(key, { at: error.instancePath, saw: cutValue(error.data), because });
    }
  }
  return { wrong: [...evidence.values()], missing };
}

/** Facts on which an error's standing depends, below the place so many steps down the way to the value that is wrong. */
type Guard = { readonly depth: number; readonly reads: readonly (readonly string[])[] };
type Trace = { readonly guards: readonly Guard[]; readonly because?: Text };

const composites: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'not', 'contains']);
const conditional: ReadonlySet<string> = new Set(['then', 'else']);

/** Where an error comes from depends on the rule alone, so it is found once for each place in a rule. */
const known = new WeakMap<RuleSchema, Map<string, Trace | undefined>>();

function traceOf(schemaPath: string, rule: RuleSchema): Trace | undefined {
  const traces = known.get(rule) ?? new Map<string, Trace | undefined>();
  known.set(rule, traces);
  if (!traces.has(schemaPath)) traces.set(schemaPath, follow(schemaPath, rule));
  return traces.get(schemaPath);
}

/** Walks from the rule's root to the keyword that spoke; undefined for an error inside a composite and for ajv's `if`. */
function follow(schemaPath: string, rule: RuleSchema): Trace | undefined {
  const steps = stepsOf(schemaPath.slice(1)).map((step) => decodeURIComponent(step));
  const guards: Guard[] = [];
  let node: RuleSchema = rule;
  let because = reasonOf(node);
  let depth = 0;
  for (let index = 0; index < steps.length;) {
    const keyword = steps[index] ?? '';
    const last = index === steps.length - 1;
    if (last && keyword === 'if') return undefined;
    if (composites.has(keyword)) {
      if (!last) return undefined;
      guards.push({ depth, reads: readsOf(node, keyword) });
    }
    if (last) break;
    if (conditional.has(keyword)) guards.push({ depth, reads: readsOf(node, 'if') });
    const named = keyword === 'properties' || keyword === 'allOf';
    if (keyword === 'properties' || keyword === 'items') depth += 1;
    const inner = named ? (node[keyword] as Readonly<Record<string, unknown>>)[steps[index + 1] ?? ''] : node[keyword];
    if (!isSchema(inner)) break;
    node = inner;
    because = reasonOf(node) ?? because;
    index += named ? 2 : 1;
  }
  return because === undefined ? { guards } : { guards, because };
}

function reasonOf(node: RuleSchema): Text | undefined {
  return node['because'] as Text | undefined;
}

function gapOf(error: ErrorObject): readonly Gap[] {
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'required') {
    return [{ at: error.instancePath + pointerOf([String(params['missingProperty'])]), undecided: false }];
  }
  return isUndecided(params) ? [{ at: error.instancePath, undecided: true }] : [];
}

/** Whether a guard stands before a fact that was not seen. */
function isBlind(guards: readonly Guard[], instancePath: string, gaps: readonly (readonly string[])[]): boolean {
  if (guards.length === 0 || gaps.length === 0) return false;
  const data = stepsOf(instancePath);
  return guards.some(({ depth, reads }) =>
    gaps.some((gap) => {
      const below = gap.slice(depth);
      if (!data.slice(0, depth).every((step, index) => gap[index] === step)) return false;
      return reads.some((read) => below.every((step, index) => read[index] === '*' || read[index] === step));
    }),
  );
}

/** A value as it was seen, or the beginning of its JSON when that is longer than we keep. */
function cutValue(value: unknown): unknown {
  const json = Buffer.from(JSON.stringify(value));
  if (json.length <= longestValue) return value;
  return `${json
    .subarray(0, longestValue - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
}

import { Ajv } from 'ajv';
import type { CheckId } from '../model/check.ts';
import type { Problem } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import { frameworkDepartures } from './framework-rules.ts';
import { frameworkSchema } from './framework-schema.ts';
import { departureOf } from './schema-problem.ts';
import { parseYaml, type Path, type YamlSource } from './yaml-source.ts';

/** One file read: a framework, or every problem found in it. */
export type ParsedFramework =
  | { readonly ok: true; readonly framework: Framework; readonly problemAt: YamlSource['problemAt'] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const validate = new Ajv({ allErrors: true, strict: true, verbose: true }).compile<Framework>(frameworkSchema);

/** Reads the text of one framework file. `checks`: the ids that exist. */
export function parseFramework(content: string, file: string, checks: ReadonlySet<CheckId>): ParsedFramework {
  const source = parseYaml(content, file);
  if (source.problems.length > 0) return { ok: false, problems: source.problems };
  const { value, problemAt } = source;
  const departures = validate(value) ? frameworkDepartures(value, checks) : (validate.errors ?? []).map(departureOf);
  if (departures.length > 0) {
    return { ok: false, problems: departures.map(({ path, message }) => problemAt(path, message)).sort(inOrder) };
  }
  return { ok: true, framework: value as Framework, problemAt };
}

/** The path of an obligation's id, for a problem with it. */
export function obligationIdPath(index: number): Path {
  return ['obligations', index, 'id'];
}

function inOrder(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

import type { CheckId } from '../model/check.ts';
import type { Problem } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import { inOrder } from '../yaml/in-order.ts';
import type { Path } from '../yaml/pointer.ts';
import { readYaml, type YamlFile } from '../yaml/read-yaml.ts';
import { frameworkDepartures } from './framework-rules.ts';
import { frameworkSchema } from './framework-schema.ts';
import { departureOf } from './schema-problem.ts';
import { borderOf } from '../model/border.ts';

/** One file read: a framework, or every problem found in it. */
export type ParsedFramework =
  | { readonly ok: true; readonly framework: Framework; readonly problemAt: YamlFile['problemAt'] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const validate = borderOf<Framework>(frameworkSchema, { allErrors: true, verbose: true });

/** Longest file read, in UTF-16 units. */
const longest = 2_000_000;

/** Reads the text of one framework file. `checks`: the ids that exist. */
export function parseFramework(content: string, file: string, checks: ReadonlySet<CheckId>): ParsedFramework {
  const { value, problems, problemAt } = readYaml(content, file, longest);
  if (problems.length > 0) return { ok: false, problems };
  const departures = validate(value) ? frameworkDepartures(value, checks) : (validate.errors ?? []).map(departureOf);
  if (departures.length > 0) {
    return { ok: false, problems: inOrder(departures.map(({ path, message }) => problemAt(path, message))) };
  }
  return { ok: true, framework: value as Framework, problemAt };
}

/** The path of an obligation's id, for a problem with it. */
export function obligationIdPath(index: number): Path {
  return ['obligations', index, 'id'];
}

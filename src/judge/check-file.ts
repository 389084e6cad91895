import type { Check } from '../model/check.ts';
import type { Problem } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import { readYaml, type YamlFile } from '../yaml/read-yaml.ts';
import { checkSchema } from './check-schema.ts';
import { ruleAjv } from './compile.ts';
import { lintCheck } from './lint.ts';
import type { Lint } from './lint-place.ts';
import { departureOf } from './schema-words.ts';
import { borderOf } from '../model/border.ts';

/** One check file as read: its check when nothing is wrong, its id as far as known, and a way to point into it. */
export type CheckFile = {
  readonly file: string;
  readonly check?: Check;
  readonly problems: readonly Problem[];
  readonly problemAt: YamlFile['problemAt'];
};

const fitsSchema = borderOf<Check>(checkSchema, { allErrors: true, verbose: true });

/** Longest file read, in UTF-16 units. */
export const longestFile = 262_144;

/**
 * Reads one file; `stem` is its name without folder and ending, which the id must equal. `tried`: its rule is known to compile, so
 * that is left to whoever first asks it.
 */
export function readCheckFile(content: string, file: string, stem: string, tried = false): CheckFile {
  const { value, problems, problemAt } = readYaml(content, file, longestFile);
  if (problems.length > 0) return { file, problems, problemAt };
  if (value === null) return { file, problems: [problemAt([], message('checks.empty-file'))], problemAt };
  if (!fitsSchema(value)) {
    const departures = (fitsSchema.errors ?? []).map(departureOf).filter((one) => one !== undefined);
    return { file, problems: located(departures, problemAt), problemAt };
  }
  const lints = [...lintIdentity(value, stem), ...lintExamples(value), ...lintCheck(value)];
  const faults = lints.length > 0 || tried ? lints : lintByAjv(value);
  return faults.length > 0
    ? { file, problems: located(faults, problemAt), problemAt }
    : { file, check: value, problems: [], problemAt };
}

function lintIdentity({ id, replaces = [] }: Check, stem: string): readonly Lint[] {
  return [
    ...(id === stem ? [] : [{ path: ['id'], message: message('checks.id-not-file', { id, stem }) }]),
    ...(replaces.includes(id) ? [{ path: ['replaces'], message: message('checks.replaces-itself', { id }) }] : []),
  ];
}

/** A rule that cannot fail passes everything (style.md D6). */
function lintExamples({ examples }: Check): readonly Lint[] {
  return (['pass', 'fail'] as const)
    .filter((outcome) => !examples.some(({ expect }) => expect === outcome))
    .map((outcome) => ({ path: ['examples'], message: message('checks.example-missing', { outcome }) }));
}

/** What the lint did not foresee and ajv's strict mode refuses. */
function lintByAjv(check: Check): readonly Lint[] {
  return (['applies', 'rule'] as const).flatMap((part) => {
    const schema = check[part];
    if (schema === undefined) return [];
    try {
      ruleAjv().compile(schema);
      return [];
    } catch (error) {
      return [{ path: [part], message: message('checks.rule-refused', { detail: (error as Error).message }) }];
    }
  });
}

/** The same thing said twice of the same place (a union's branches) is said once. */
function located(lints: readonly Lint[], problemAt: CheckFile['problemAt']): readonly Problem[] {
  return inOrder(lints.map(({ path, message: what }) => problemAt(path, what)));
}

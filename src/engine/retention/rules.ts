import { readFile } from 'node:fs/promises';
import { Type, type Static } from '@sinclair/typebox';
import { parse } from 'yaml';
import { borderOf } from '../../model/border.ts';
import { packageRoot } from '../../model/package-root.ts';
import { closed, list, text } from '../../model/schema.ts';

const months = Type.Integer({ minimum: 0, maximum: 600 });

const rulesSchema = Type.Object(
  {
    asOf: text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    keepMonths: months,
    source: Type.Object({ vi: text(400), en: text(400) }, closed),
    least: list(
      Type.Object(
        {
          level: Type.Integer({ minimum: 1, maximum: 5 }),
          months,
          clause: Type.Union([text(100), Type.Null()]),
        },
        closed,
      ),
      5,
    ),
  },
  closed,
);
/** How long raw observations are kept, and the least that texts ask for by level. */
export type RetentionRules = Readonly<Static<typeof rulesSchema>>;
export type LeastMonths = RetentionRules['least'][number];

const fits = borderOf<RetentionRules>(rulesSchema, { allErrors: true });

/** Reads the rules that come with the program; a file that does not fit is our bug and throws. */
export async function readRetention(
  path: URL = new URL('src/engine/retention/retention.yaml', packageRoot),
): Promise<RetentionRules> {
  const value: unknown = parse(await readFile(path, 'utf8'));
  if (!fits(value)) throw new Error(`${path.pathname}: ${JSON.stringify(fits.errors)}`);
  return value;
}

/** The longest of the least times by the levels of some systems; undefined stands for a level that is not declared. Pure. */
export function leastFor(rules: RetentionRules, levels: readonly (number | undefined)[]): LeastMonths | undefined {
  const longest = rules.least.toSorted((a, b) => b.months - a.months);
  return longest.find((one) => levels.some((level) => (level ?? 5) === one.level));
}

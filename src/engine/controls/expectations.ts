import { readFile } from 'node:fs/promises';
import { Type } from '@sinclair/typebox';
import { parse } from 'yaml';
import { borderOf } from '../../model/border.ts';
import type { ControlExpectations } from '../../model/control.ts';
import { controlKinds } from '../../model/inventory/control.ts';
import { kinds } from '../../model/observation.ts';
import { packageRoot } from '../../model/package-root.ts';
import { closed, list, text } from '../../model/schema.ts';

const expected = Type.Object(
  { source: text(300, { minLength: 1 }), checks: list(text(64, { minLength: 1 }), 200, { minItems: 1 }) },
  closed,
);
const byKind = Type.Object(Object.fromEntries(kinds.map((kind) => [kind, Type.Optional(expected)])), closed);
const fits = borderOf<ControlExpectations>(
  Type.Object(
    {
      asOf: text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      ...Object.fromEntries(controlKinds.map((kind) => [kind, byKind])),
    },
    closed,
  ),
  { allErrors: true },
);

/** Reads what our reference servers must be read as; a file that does not fit is our bug and throws. */
export async function readExpectations(
  path: URL = new URL('src/engine/controls/expectations.yaml', packageRoot),
): Promise<ControlExpectations> {
  const value: unknown = parse(await readFile(path, 'utf8'));
  if (!fits(value)) throw new Error(`${path.pathname}: ${JSON.stringify(fits.errors)}`);
  return value;
}

import { readFile } from 'node:fs/promises';
import { Type, type Static } from '@sinclair/typebox';
import { load } from 'js-yaml';
import { borderOf } from '../../model/border.ts';
import { packageRoot } from '../../model/package-root.ts';
import { closed, text } from '../../model/schema.ts';

const days = Type.Integer({ minimum: 1, maximum: 366 });

const cadenceSchema = Type.Object(
  {
    asOf: text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    source: Type.Object({ vi: text(300), en: text(300) }, closed),
    days: Type.Object({ critical: days, high: days, medium: days, low: days, info: days }, closed),
    quiet: days,
    claimedFixed: days,
    unseen: days,
    leftHours: Type.Integer({ minimum: 1, maximum: 24 }),
    whole: days,
    directiveAhead: Type.Integer({ minimum: 0, maximum: 60 }),
  },
  closed,
);
/** How long after a look the next one is due, where no text says. */
export type Cadence = Readonly<Static<typeof cadenceSchema>>;

const fits = borderOf<Cadence>(cadenceSchema, { allErrors: true });

/** Reads the cadence that comes with the program; a file that does not fit is our bug and throws. */
export async function readCadence(
  path: URL = new URL('src/engine/schedule/cadence.yaml', packageRoot),
): Promise<Cadence> {
  const value: unknown = load(await readFile(path, 'utf8'));
  if (!fits(value)) throw new Error(`${path.pathname}: ${JSON.stringify(fits.errors)}`);
  return value;
}

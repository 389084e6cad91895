import { Type } from '@sinclair/typebox';
import { packageRoot } from '../model/package-root.ts';
import { standInKinds, type StandInTable } from '../model/reference.ts';
import { closed, list, oneOf, text } from '../model/schema.ts';
import { readYamlFile } from './yaml-file.ts';
import { borderOf } from '../model/border.ts';

const words = Type.Optional(list(text(200, { minLength: 4 }), 50, { minItems: 1 }));

const tableSchema = Type.Object(
  {
    asOf: text(10, { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }),
    source: text(300, { minLength: 1 }),
    pages: list(
      Type.Object(
        {
          is: oneOf(standInKinds),
          name: text(100, { minLength: 1 }),
          titles: words,
          titlesBegin: words,
          texts: words,
          headers: Type.Optional(Type.Record(text(64, { pattern: '^[a-z0-9-]+$' }), list(text(64), 10), closed)),
          hosts: Type.Optional(list(text(255, { pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$' }), 50, { minItems: 1 })),
        },
        closed,
      ),
      500,
      { minItems: 1 },
    ),
  },
  closed,
);

const validate = borderOf<StandInTable>(tableSchema, { allErrors: true });

/** The table that comes with the program. */
const bundledStandIns = new URL('src/feeds/stand-ins.yaml', packageRoot);

/** Reads a table of pages that stand in a site's place. Throws UserError with every problem found, each with its line. */
export function readStandIns(path: string | URL = bundledStandIns): Promise<StandInTable> {
  return readYamlFile(path, validate);
}

import { Type } from '@sinclair/typebox';
import { packageRoot } from '../model/package-root.ts';
import type { EndOfLifeTable } from '../model/reference.ts';
import { closed, list, text } from '../model/schema.ts';
import { message, type Message } from '../model/text.ts';
import { readYamlFile } from './yaml-file.ts';
import { borderOf } from '../model/border.ts';

const day = text(10, { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const lineSchema = Type.Object(
  { cycle: text(32, { pattern: '^[0-9A-Za-z][0-9A-Za-z. -]*$' }), endOfLife: Type.Union([day, Type.Null()]) },
  closed,
);
const productSchema = Type.Object(
  {
    title: text(100, { minLength: 1 }),
    lines: list(lineSchema, 500, { minItems: 1 }),
    ours: Type.Optional(Type.Literal(true)),
    asOf: Type.Optional(day),
    source: Type.Optional(text(300, { minLength: 1 })),
  },
  closed,
);

/** The file: `asOf`, `source`, and products by normalised name. */
const tableSchema = Type.Object(
  {
    asOf: day,
    source: text(300, { minLength: 1 }),
    products: Type.Record(text(64, { pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' }), productSchema, closed),
  },
  closed,
);

const validate = borderOf<EndOfLifeTable>(tableSchema, { allErrors: true });

/** The table that comes with the program. */
const bundledEndOfLife = new URL('src/feeds/end-of-life.yaml', packageRoot);

/** Reads an end-of-life table. Throws UserError with every problem found, each with its line. */
export function readEndOfLife(path: string | URL = bundledEndOfLife): Promise<EndOfLifeTable> {
  return readYamlFile(path, validate, repeatedCycles);
}

/** One cycle twice in one product would make the answer depend on the order of the file. */
function repeatedCycles(table: EndOfLifeTable): readonly { readonly at: string; readonly message: Message }[] {
  return Object.entries(table.products).flatMap(([product, { lines }]) => {
    const cycles = lines.map((line) => line.cycle.toLowerCase());
    return cycles.flatMap((cycle, index) =>
      cycles.indexOf(cycle) < index
        ? [{ at: `/products/${product}/lines/${index}`, message: message('feeds.repeated-cycle', { product, cycle }) }]
        : [],
    );
  });
}

import { readFile } from 'node:fs/promises';
import { Type } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { UserError, type Problem } from '../model/errors.ts';
import { packageRoot } from '../model/package-root.ts';
import type { EndOfLifeTable } from '../model/reference.ts';
import { closed, list, text } from '../model/schema.ts';
import { message, type Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import { stepsOf } from '../yaml/pointer.ts';
import { readYaml } from '../yaml/read-yaml.ts';

const day = text(10, { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const lineSchema = Type.Object(
  { cycle: text(32, { pattern: '^[0-9A-Za-z][0-9A-Za-z. -]*$' }), endOfLife: Type.Union([day, Type.Null()]) },
  closed,
);
const productSchema = Type.Object(
  { title: text(100, { minLength: 1 }), lines: list(lineSchema, 500, { minItems: 1 }) },
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

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile<EndOfLifeTable>(
  tableSchema,
);

/** Longest file read, in UTF-16 units. */
const longest = 4_000_000;

/** The table that comes with the program. */
const bundledEndOfLife = new URL('src/feeds/end-of-life.yaml', packageRoot);

/** Reads an end-of-life table. Throws UserError with every problem found, each with its line. */
export async function readEndOfLife(path: string | URL = bundledEndOfLife): Promise<EndOfLifeTable> {
  const file = path instanceof URL ? decodeURI(path.pathname) : path;
  const fail = (problems: readonly Problem[]): never => {
    throw new UserError(problems.map((problem) => ({ file, ...problem })));
  };
  const source = await readFile(path, 'utf8').catch((error: unknown) =>
    fail([{ message: message('feeds.unreadable', { reason: reasonOf(error) }) }]),
  );
  const { value, problems, problemAt } = readYaml(source, file, longest);
  if (problems.length > 0) return fail(problems);
  if (!validate(value)) {
    const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'anyOf');
    return fail(inOrder(errors.map((error) => problemAt(pathOf(error), sayError(error)))));
  }
  const repeated = repeatedCycles(value);
  if (repeated.length === 0) return value;
  return fail(repeated.map(({ at, ...params }) => problemAt(stepsOf(at), message('feeds.repeated-cycle', params))));
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function pathOf({ keyword, instancePath, params }: ErrorObject): readonly string[] {
  const unknown = keyword === 'additionalProperties' ? [String(params['additionalProperty'])] : [];
  return [...stepsOf(instancePath), ...unknown];
}

function sayError(error: ErrorObject): Message {
  const at = error.instancePath === '' ? '/' : error.instancePath;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'required':
      return message('feeds.missing', { at, name: String(params['missingProperty']) });
    case 'additionalProperties':
      return message('feeds.unknown', { at, name: String(params['additionalProperty']) });
    case 'pattern':
      return message('feeds.malformed', { at });
    default:
      return message('feeds.invalid', { at, reason: error.message ?? error.keyword });
  }
}

/** One cycle twice in one product would make the answer depend on the order of the file. */
function repeatedCycles(table: EndOfLifeTable): readonly { at: string; product: string; cycle: string }[] {
  return Object.entries(table.products).flatMap(([product, { lines }]) => {
    const cycles = lines.map((line) => line.cycle.toLowerCase());
    return cycles.flatMap((cycle, index) =>
      cycles.indexOf(cycle) < index ? [{ at: `/products/${product}/lines/${index}`, product, cycle }] : [],
    );
  });
}

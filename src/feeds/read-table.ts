import { readFile } from 'node:fs/promises';
import type { TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { UserError, type Problem } from '../model/errors.ts';
import { text } from '../model/schema.ts';
import { message, type Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import { stepsOf } from '../yaml/pointer.ts';
import { readYaml, type YamlFile } from '../yaml/read-yaml.ts';

/** `2026-11-25`. */
export const day = text(10, { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });

/** Longest file read, in UTF-16 units. */
const longest = 4_000_000;

/** What a table must keep to beyond its schema. */
export type TableRule<Table> = (table: Table, problemAt: YamlFile['problemAt']) => readonly Problem[];

/** A reader of one kind of table; it throws UserError with every problem found, each with its line. */
export function tableReader<Table>(
  schema: TSchema,
  rule: TableRule<Table> = () => [],
): (path: string | URL) => Promise<Table> {
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile<Table>(schema);
  return async (path) => {
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
    const broken = rule(value, problemAt);
    return broken.length === 0 ? value : fail(broken);
  };
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

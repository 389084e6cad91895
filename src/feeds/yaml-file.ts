import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import type { Border } from '../model/border.ts';
import { UserError, type Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import { stepsOf } from '../yaml/pointer.ts';
import { readYaml } from '../yaml/read-yaml.ts';

/** Longest file read, in UTF-16 units. */
const longest = 4_000_000;

/**
 * Reads a YAML (or JSON) file of ours or of the user's and holds it against a schema and then against `more`, which gives what a
 * schema cannot say. Throws UserError with every problem found, each with its line.
 */
export async function readYamlFile<T>(
  path: string | URL,
  validate: Border<T>,
  more: (value: T) => readonly { readonly at: string; readonly message: Message }[] = () => [],
): Promise<T> {
  const file = path instanceof URL ? decodeURI(path.pathname) : path;
  const fail = (problems: readonly Problem[]): never => {
    throw new UserError(problems.map((problem) => ({ file, ...problem })));
  };
  const source = await readFile(path, 'utf8').catch((error: unknown) =>
    fail([{ message: message('feeds.unreadable', { reason: codeOf(error) }) }]),
  );
  const { value, problems, problemAt } = readYaml(source, file, longest);
  if (problems.length > 0) return fail(problems);
  if (!validate(value)) {
    const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'anyOf');
    return fail(inOrder(errors.map((error) => problemAt(pathOf(error), sayError(error)))));
  }
  const others = more(value);
  return others.length === 0 ? value : fail(others.map(({ at, message: what }) => problemAt(stepsOf(at), what)));
}

function codeOf(error: unknown): string {
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

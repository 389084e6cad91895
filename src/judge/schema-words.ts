import type { ErrorObject } from 'ajv/dist/2020.js';
import { languages, message, type Message } from '../model/text.ts';
import type { Lint } from './lint-place.ts';
import { nearest } from './nearest.ts';
import { stepsOf, type Path } from './pointer.ts';

/** An error of ajv over a check file, in our words; undefined for one that another error says better. */
export function departureOf(error: ErrorObject): Lint | undefined {
  const path = pathOf(error.instancePath);
  const field = fieldOf(path);
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params['additionalProperty']), error);
    case 'required':
      return { path, message: missingKey(field, String(params['missingProperty'])) };
    case 'enum': {
      const allowed = params['allowedValues'] as readonly unknown[];
      return { path, message: notAmong(field, error.data, allowed.map(String)) };
    }
    case 'type':
      return { path, message: message('checks.wrong-type', { field, type: [params['type']].flat().join(', ') }) };
    case 'pattern':
      return { path, message: wrongForm(field, error) };
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { path, message: message('checks.too-few', { field, least: Number(params['limit']) }) };
    case 'maxLength':
    case 'maxItems':
      return { path, message: message('checks.too-many', { field, most: Number(params['limit']) }) };
    case 'minimum':
      return { path, message: message('checks.too-few', { field, least: Number(params['limit']) }) };
    case 'uniqueItems':
      return { path, message: message('checks.word-twice', { field }) };
    // A union's own error; its branches have said what is wrong.
    case 'anyOf':
    case 'const':
      return undefined;
    default:
      throw new Error(`no words for a schema error of kind ${error.keyword}`);
  }
}

function unknownKey(path: Path, key: string, error: ErrorObject): Lint {
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  const near = nearest(key, known);
  const inRule = error.schemaPath.startsWith('#/$defs/rule');
  const params = { key, ...(near === undefined ? {} : { near }) };
  const what = `checks.unknown-${inRule ? 'keyword' : 'key'}${near === undefined ? '' : '-near'}`;
  return { path: [...path, key], message: message(what, params) };
}

function missingKey(field: string, key: string): Message {
  return languages.some((lang) => lang === key)
    ? message('checks.missing-language', { field, lang: key })
    : message('checks.missing-key', { field, key });
}

function notAmong(field: string, value: unknown, allowed: readonly string[]): Message {
  const near = typeof value === 'string' ? nearest(value, allowed) : undefined;
  const params = { field, value: JSON.stringify(value), allowed: allowed.join(', ') };
  return near === undefined
    ? message('checks.not-among', params)
    : message('checks.not-among-near', { ...params, near });
}

/** Patterns of the check schema by what they stand for. */
function wrongForm(field: string, error: ErrorObject): Message {
  const { pattern } = error.params as { readonly pattern: string };
  if (pattern === '\\S') return message('checks.blank', { field });
  const key = pattern.startsWith('^[a-z0-9]') ? 'not-kebab' : pattern.includes('T') ? 'not-instant' : 'not-version';
  return message(`checks.${key}`, { field, value: String(error.data) });
}

/** `examples.2.given`; the file itself is `.`. */
function fieldOf(path: Path): string {
  return path.length === 0 ? '.' : path.join('.');
}

function pathOf(pointer: string): Path {
  return stepsOf(pointer).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

import type { ErrorObject } from 'ajv/dist/2020.js';
import { languages, message, type Message } from '../model/text.ts';
import type { Lint } from './lint-place.ts';
import { nearest } from '../yaml/nearest.ts';
import { pathOf, type Path } from '../yaml/pointer.ts';

/** An error of ajv over a check file, in our words; undefined for one that another error says better. */
export function departureOf(error: ErrorObject): Lint | undefined {
  const path = pathOf(error.instancePath);
  const field = path.join('.');
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params['additionalProperty']), error);
    case 'required':
      return { path, message: missingKey(path, String(params['missingProperty'])) };
    case 'enum': {
      const allowed = params['allowedValues'] as readonly unknown[];
      return { path, message: notAmong(field, error.data, allowed.map(String)) };
    }
    case 'type':
      return { path, message: wrongType(field, [params['type']].flat().join(', ')) };
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
    case 'const':
      return { path, message: notAmong(field, error.data, [String(params['allowedValue'])]) };
    // A condition's own error; its branch has said what is wrong.
    case 'if':
      return undefined;
    default:
      throw new Error(`no words for a schema error of kind ${error.keyword}`);
  }
}

function unknownKey(path: Path, key: string, error: ErrorObject): Lint {
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  const near = nearest(key, known);
  const at = [...path, key];
  if (known.some((one) => one === 'versionIn')) {
    return near === undefined
      ? { path: at, message: message('checks.unknown-keyword', { key }) }
      : { path: at, message: message('checks.unknown-keyword-near', { key, near }) };
  }
  return near === undefined
    ? { path: at, message: message('checks.unknown-key', { key, allowed: known.join(', ') }) }
    : { path: at, message: message('checks.unknown-key-near', { key, near }) };
}

function missingKey(path: Path, key: string): Message {
  const field = path.join('.');
  if (field === '') return message('checks.missing-key', { key });
  return languages.some((lang) => lang === key)
    ? message('checks.missing-language', { field, lang: key })
    : message('checks.missing-key-in', { field, key });
}

function wrongType(field: string, type: string): Message {
  return field === '' ? message('checks.not-a-map') : message('checks.wrong-type', { field, type });
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
  const params = { field, value: String(error.data) };
  if (pattern === '\\S') return message('checks.blank', { field });
  if (pattern.startsWith('^[a-z0-9]')) return message('checks.not-kebab', params);
  return pattern.includes('T') ? message('checks.not-instant', params) : message('checks.not-version', params);
}

import type { ErrorObject } from 'ajv';
import { message, type Message } from '../model/text.ts';
import { dayPattern, notBlank } from './framework-schema.ts';
import { pathOf, type Path } from '../yaml/pointer.ts';

/** Where a value departs from the schema and what to write instead. */
export type Departure = { readonly path: Path; readonly message: Message };

/** Puts an error of ajv into our words. */
export function departureOf(error: ErrorObject): Departure {
  const path = pathOf(error.instancePath);
  const field = String(path.at(-1) ?? '');
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      return { path: [...path, unknown], message: message('frameworks.unknown-field', { field: unknown }) };
    }
    case 'required':
      return { path, message: message('frameworks.missing-field', { field: String(params['missingProperty']) }) };
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).join(', ');
      return { path, message: message('frameworks.not-among', { field, allowed }) };
    }
    case 'type':
      return { path, message: message('frameworks.wrong-type', { field, type: String(params['type']) }) };
    case 'pattern':
      return { path, message: formProblem(field, String(params['pattern']), String(error.data)) };
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { path, message: message('frameworks.empty', { field }) };
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return { path, message: message('frameworks.too-many', { field, most: Number(params['limit']) }) };
    default:
      throw new Error(`no words for a schema error of kind ${error.keyword}`);
  }
}

function formProblem(field: string, pattern: string, value: string): Message {
  if (pattern === dayPattern) return message('frameworks.no-such-day', { day: value });
  return pattern === notBlank ? message('frameworks.empty', { field }) : message('frameworks.no-id', { field });
}

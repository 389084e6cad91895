import type { ErrorObject } from 'ajv';
import { message, type Message } from '../model/text.ts';
import { nearest } from '../yaml/nearest.ts';
import { pathOf, type Path } from '../yaml/pointer.ts';
import { addressPattern } from './settings-schema.ts';

/** Where the settings depart from what they may be, and what to write instead. */
export type Departure = { readonly path: Path; readonly message: Message };

/** Puts an error of ajv (`verbose`) into our words. */
export function departureOf(error: ErrorObject): Departure {
  const path = pathOf(error.instancePath);
  const field = String(path.at(-1) ?? '…');
  const params = error.params as Readonly<Record<string, unknown>>;
  const value = String(error.data).slice(0, 80);
  const at = (key: string, words: Record<string, string | number> = {}): Departure => ({
    path,
    message: message(key, { field, ...words }),
  });
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const meant = nearest(unknown, known) ?? known.join(', ');
      return {
        path: [...path, unknown],
        message: message('notify.settings.unknown-field', { field: unknown.slice(0, 80), known: meant }),
      };
    }
    case 'required':
      return {
        path,
        message: message('notify.settings.missing-field', { field: String(params['missingProperty']) }),
      };
    case 'enum':
      return at('notify.settings.not-among', { value, allowed: (params['allowedValues'] as unknown[]).join(', ') });
    case 'const':
      return at('notify.settings.not-among', { value, allowed: String(params['allowedValue']) });
    case 'type':
      return at('notify.settings.wrong-type', { type: String(params['type']) });
    case 'pattern':
      return params['pattern'] === addressPattern
        ? at('notify.settings.no-address', { value })
        : at('notify.settings.wrong-form', { value });
    case 'minimum':
    case 'maximum':
      return at(`notify.settings.${error.keyword}`, { value, limit: Number(params['limit']) });
    case 'minProperties':
    case 'maxProperties':
      return at('notify.settings.one-secret');
    case 'minItems':
    case 'maxItems':
    case 'maxLength':
      return at('notify.settings.wrong-length', { limit: Number(params['limit']) });
    default:
      throw new Error(`no words for a schema error of kind ${error.keyword}`);
  }
}

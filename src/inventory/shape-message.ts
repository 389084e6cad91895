import type { ErrorObject } from 'ajv/dist/2020.js';
import { inventorySchema } from '../model/inventory.ts';
import { message, type Message } from '../model/text.ts';
import { readDay } from '../workbook/day-value.ts';
import { fold, nearest } from '../yaml/nearest.ts';
import { slug } from './slug.ts';

/** Says one disagreement with the schema in the user's words, with what to write instead where that can be told. */
export function shapeMessage(error: ErrorObject, written: string | undefined): Message {
  const value = shorten(written ?? (typeof error.data === 'string' ? error.data : JSON.stringify(error.data)));
  const limit = Number(error.params['limit']);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      return message('inventory.missing-key', { key: String(error.params['missingProperty']) });
    case 'type':
      return wrongType(error, value);
    case 'enum':
      return notInList(error, value);
    case 'const':
      return message('inventory.not-the-value', { value, expected: String(error.params['allowedValue']) });
    case 'discriminator':
      return wrongKind(error);
    case 'pattern':
      return wrongPattern(error, value);
    case 'minLength':
      return message('inventory.empty-text');
    case 'maxLength':
      return message('inventory.too-long', { limit });
    case 'minItems':
      return message('inventory.empty-list');
    case 'maxItems':
      return message('inventory.too-many', { limit });
    case 'minimum':
      return message('inventory.too-small', { value, limit });
    case 'exclusiveMinimum':
      return message('inventory.not-above', { value, limit });
    case 'maximum':
      return message('inventory.too-big', { value, limit });
    default:
      throw new Error(`no words for the schema keyword ${error.keyword}`);
  }
}

/** The key that an unknown one was meant to be. */
export function meantKey(error: ErrorObject): string | undefined {
  if (error.keyword !== 'additionalProperties') return undefined;
  return nearest(String(error.params['additionalProperty']), allowedKeys(error));
}

function unknownKey(error: ErrorObject): Message {
  const key = shorten(String(error.params['additionalProperty']));
  const suggestion = meantKey(error);
  if (suggestion !== undefined) return message('inventory.unknown-key-near', { key, suggestion });
  return message('inventory.unknown-key', { key, allowed: allowedKeys(error).join(', ') });
}

function allowedKeys(error: ErrorObject): readonly string[] {
  return Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
}

function wrongType(error: ErrorObject, value: string): Message {
  const isContainer = typeof error.data === 'object';
  if (error.data === null) return message('inventory.empty-value');
  switch (String(error.params['type'])) {
    case 'string':
      if (isContainer) return message('inventory.not-text');
      return message('inventory.not-quoted', { value, quoted: `"${value}"` });
    case 'array':
      return isContainer ? message('inventory.not-list') : message('inventory.not-list-but', { value });
    case 'object':
      return message('inventory.not-record');
    case 'boolean': {
      const meant = typeof error.data === 'string' ? meanings.get(fold(error.data)) : undefined;
      return meant === undefined
        ? message('inventory.not-boolean')
        : message('inventory.not-boolean-near', { value, suggestion: meant });
    }
    case 'integer':
    case 'number': {
      const plain = typeof error.data === 'string' && /^\s*\d+\s*$/.test(error.data) ? error.data.trim() : undefined;
      return plain === undefined
        ? message('inventory.not-number')
        : message('inventory.not-number-quoted', { value, suggestion: plain });
    }
    default:
      throw new Error(`no words for the type ${String(error.params['type'])}`);
  }
}

const meanings = new Map(
  Object.entries({ yes: 'true', y: 'true', on: 'true', co: 'true', x: 'true', dung: 'true' }).concat(
    Object.entries({ no: 'false', n: 'false', off: 'false', khong: 'false', chua: 'false', sai: 'false' }),
  ),
);

function notInList(error: ErrorObject, value: string): Message {
  const words = (error.params['allowedValues'] as readonly unknown[]).map(String);
  const allowed = words.join(', ');
  const suggestion = nearest(slug(value), words);
  if (suggestion === undefined) return message('inventory.not-in-list', { value, allowed });
  return message('inventory.not-in-list-near', { value, suggestion, allowed });
}

function wrongKind(error: ErrorObject): Message {
  const value: unknown = error.params['tagValue'];
  const allowed = 'web, host, domain, mail';
  if (value === undefined) return message('inventory.missing-kind', { allowed });
  if (typeof value !== 'string')
    return message('inventory.not-in-list', { value: shorten(JSON.stringify(value)), allowed });
  const suggestion = nearest(value, allowed.split(', '));
  if (suggestion === undefined) return message('inventory.not-in-list', { value: shorten(value), allowed });
  return message('inventory.not-in-list-near', { value: shorten(value), suggestion, allowed });
}

const { province, authorisations } = inventorySchema.properties;
const authorisation = authorisations.items.properties;
const patterns = {
  id: province.properties.id.pattern,
  day: authorisation.from.pattern,
  clock: authorisation.hours.items.properties.from.pattern,
  ports: authorisation.scope.properties.ports.pattern,
  email: authorisation.contact.properties.email.pattern,
};

function wrongPattern(error: ErrorObject, value: string): Message {
  const text = String(error.data);
  switch (error.params['pattern']) {
    case patterns.id:
      return near(slug(text), value, message('inventory.bad-id', { value }), 'inventory.bad-id-near');
    case patterns.day:
      return near(readDay(text), value, message('inventory.bad-day', { value }), 'inventory.bad-day-near');
    case patterns.clock:
      return near(readClock(text), value, message('inventory.bad-clock', { value }), 'inventory.bad-clock-near');
    case patterns.ports:
      return near(readPorts(text), value, message('inventory.bad-ports', { value }), 'inventory.bad-ports-near');
    case patterns.email:
      return message('inventory.bad-email', { value });
    default: {
      const url = readUrl(text, String(error.params['pattern']));
      return near(url, value, message('inventory.bad-url', { value }), 'inventory.bad-url-near');
    }
  }
}

function near(suggestion: string | undefined, value: string, otherwise: Message, key: string): Message {
  if (suggestion === undefined || suggestion === '') return otherwise;
  return message(key, { value, suggestion: shorten(suggestion) });
}

/** `7:30`, `7h30`, `22g`, `24:00` as Vietnamese officials write hours. */
function readClock(text: string): string | undefined {
  const match = /^(\d{1,2})\s*(?:[:.hg]\s*(\d{2})?)?(?::\d{2})?$/i.exec(text.trim());
  const [hours, minutes] = [Number(match?.[1] ?? 99) % (match?.[1] === '24' ? 24 : 100), Number(match?.[2] ?? 0)];
  if (match === null || hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function readPorts(text: string): string | undefined {
  const ports = text
    .replace(/\s*(?:-|–|\.\.|:)\s*/g, '-')
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .join(',');
  return /^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/.test(ports) ? ports : undefined;
}

function readUrl(text: string, pattern: string): string | undefined {
  const bare = text.trim().replace(/^[a-z]+:\/*/i, '');
  const scheme = /^http:/i.test(text.trim()) || !pattern.includes('s?') ? 'http' : 'https';
  return /^[^\s/:@]+\.[^\s/:@]+/.test(bare) ? `${scheme}://${bare}` : undefined;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The pattern by which the schema marks a day. */
export const dayPattern = patterns.day;

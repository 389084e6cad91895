import type { Helper } from '../helpers.ts';

/** What compiled templates call. */
export type Runtime = {
  readonly h: Readonly<Record<string, Helper>>;
  readonly escape: (value: unknown) => string;
  readonly strict: (object: unknown, field: string) => unknown;
  readonly there: (value: unknown) => boolean;
  readonly items: (value: unknown) => readonly unknown[];
  readonly lookup: (object: unknown, field: string) => unknown;
};

/** The meanings of Handlebars 4.7 for what compiled templates do with values. */
export function runtime(helpers: Readonly<Record<string, Helper>>): Runtime {
  return { h: helpers, escape, strict, there, items, lookup };
}

const special = /[&<>"'`=]/;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
};

/** Text that is text between tags and in attributes, whatever it holds. */
function escape(value: unknown): string {
  if (typeof value !== 'string') {
    if (value === null || value === undefined) return '';
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- a view has texts and figures in these places
    return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : escape(String(value));
  }
  return special.test(value) ? value.replace(/[&<>"'`=]/g, (character) => escapes[character] ?? '') : value;
}

/** A field that a view must have. */
function strict(object: unknown, field: string): unknown {
  if (typeof object !== 'object' || object === null || !(field in object))
    throw new Error(`"${field}" not defined in ${String(object)}`);
  return (object as Readonly<Record<string, unknown>>)[field];
}

/** What `if` asks: an empty list is not there, nor are 0 and the empty text. */
function there(value: unknown): boolean {
  return Boolean(value) && !(Array.isArray(value) && value.length === 0);
}

const none: readonly unknown[] = [];

/** What `each` goes through: lists; of what is not there, nothing. */
function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!value) return none;
  throw new Error('each goes through lists');
}

function lookup(object: unknown, field: string): unknown {
  if (!object || !Object.hasOwn(object, field)) return undefined;
  return (object as Readonly<Record<string, unknown>>)[field];
}

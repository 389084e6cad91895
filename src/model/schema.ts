import { Type, type TSchema, type TUnsafe } from '@sinclair/typebox';

/** A string of one of the given words, as JSON Schema `enum`. */
export function oneOf<const T extends readonly string[]>(words: T, description?: string): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...words],
    ...(description === undefined ? {} : { description }),
  });
}

/** A string of at most `max` UTF-16 units. Everything that a target says is bounded by one of these. */
export function text(max: number, options: { minLength?: number; pattern?: string; description?: string } = {}) {
  return Type.String({ maxLength: max, ...options });
}

/** A list of at most `max` items. */
export function list<T extends TSchema>(
  item: T,
  max: number,
  options: { minItems?: number; description?: string } = {},
) {
  return Type.Array(item, { maxItems: max, ...options });
}

/** An instant in UTC as `2026-11-22T15:56:00.000Z`. */
export const instant = (description?: string) =>
  text(24, {
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$',
    ...(description === undefined ? {} : { description }),
  });

/** A TCP or UDP port number. */
export const portNumber = Type.Integer({ minimum: 1, maximum: 65535 });

/** An object with the given keys and no others. */
export const closed = { additionalProperties: false } as const;

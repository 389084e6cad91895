import { Type, type TSchema } from '@sinclair/typebox';

export const closed = { additionalProperties: false } as const;
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const words = Type.Object(
  { vi: Type.String(), en: Type.String() },
  { ...closed, description: 'Both languages.' },
);
export const name = Type.Object({ vi: Type.String(), en: orNull(Type.String()) }, closed);
export const id = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
export const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar day in Viet Nam.' });
export const instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$',
  description: 'An instant in UTC.',
});
export const count = Type.Integer({ minimum: 0 });
export const coverage = Type.Object(
  { seen: count, needed: count },
  { ...closed, description: 'What was seen of what was needed. No total stands without one.' },
);
export const counted = <const T extends readonly string[]>(keys: T) =>
  Type.Object(Object.fromEntries(keys.map((key) => [key, count])) as Record<T[number], typeof count>, closed);

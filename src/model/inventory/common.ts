import { Type, type Static } from '@sinclair/typebox';
import { closed, text } from '../schema.ts';

export const id = (description: string) =>
  text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: `${description} (a-z, 0-9, -)` });
export const name = text(300, { minLength: 1 });
export const day = (description?: string) =>
  text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...(description === undefined ? {} : { description }) });
/** `22:30`. */
export const clockTime = text(5, { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
export const hostName = text(253, { minLength: 1 });

/** An official document: số, ngày, cơ quan. */
export const documentSchema = Type.Object(
  { number: text(100, { minLength: 1 }), date: day(), issuer: Type.Optional(name) },
  closed,
);
export type OfficialDocument = Static<typeof documentSchema>;

export const contactSchema = Type.Object(
  {
    name: Type.Optional(name),
    position: Type.Optional(name),
    phone: Type.Optional(text(40)),
    email: Type.Optional(text(254, { pattern: '^[^@\\s]+@[^@\\s]+$' })),
  },
  closed,
);

export const personSchema = Type.Object(
  { name, position: name, organisation: Type.Optional(id('organisation')) },
  closed,
);

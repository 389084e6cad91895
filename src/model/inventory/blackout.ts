import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';
import { clockTime, day, id } from './common.ts';

/**
 * Days on which nothing is scanned whatever a document permits: elections, exams, Tết, an event of one office. Without `zones`,
 * from every zone; without `organisations` and `systems`, every system; with either, what those own or operate, and those.
 */
export const blackoutSchema = Type.Object(
  {
    /** First and last day, both included. */
    from: day('first day'),
    until: day('last day'),
    /** Hours of each of those days, in the province's time; absent: the whole day. May pass midnight. */
    hours: Type.Optional(list(Type.Object({ from: clockTime, to: clockTime }, closed), 24, { minItems: 1 })),
    reason: text(300, { minLength: 1 }),
    zones: Type.Optional(list(id('zone'), 64, { minItems: 1 })),
    organisations: Type.Optional(list(id('organisation'), 5000, { minItems: 1 })),
    systems: Type.Optional(list(id('system'), 5000, { minItems: 1 })),
  },
  closed,
);
export type Blackout = Readonly<Static<typeof blackoutSchema>>;

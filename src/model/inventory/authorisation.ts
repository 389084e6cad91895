import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';
import { clockTime, contactSchema, day, documentSchema, hostName, id, personSchema } from './common.ts';

/** Văn bản chấp thuận rà soát. */
export const authorisationSchema = Type.Object(
  {
    id: id('authorisation'),
    document: documentSchema,
    /** Legal ground in the words of the document. */
    basis: text(1000, { minLength: 1 }),
    requestedBy: personSchema,
    /** Another person than the requester. */
    approvedBy: personSchema,
    scope: Type.Object(
      {
        /** CIDR blocks or single addresses. */
        networks: Type.Optional(list(text(49), 5000, { minItems: 1 })),
        /**
         * Domains, each with all its subdomains. A name in scope permits the addresses it stands for only where
         * `networks` is absent or covers them too.
         */
        domains: Type.Optional(list(hostName, 5000, { minItems: 1 })),
        /** Ports as ranges `22,80,443,8000-8100`; absent: any. */
        ports: Type.Optional(text(2000, { pattern: '^\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*$' })),
      },
      closed,
    ),
    zones: list(id('zone'), 64, { minItems: 1 }),
    from: day('first day'),
    until: day('last day'),
    /** Hours of the day in the province's time during which a scan may run; absent: any. May pass midnight. */
    hours: Type.Optional(list(Type.Object({ from: clockTime, to: clockTime }, closed), 24, { minItems: 1 })),
    /** Days on which no scan runs (elections, exams, holidays), both ends included. */
    blackouts: Type.Optional(
      list(Type.Object({ from: day(), until: day(), reason: text(300, { minLength: 1 }) }, closed), 500),
    ),
    /** Whom to call when something goes wrong. */
    contact: contactSchema,
    /** Most connections at a time and new ones a second per address; absent: 2 and 10. */
    limits: Type.Optional(
      Type.Object(
        {
          connections: Type.Integer({ minimum: 1, maximum: 64 }),
          perSecond: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Authorisation = Readonly<Static<typeof authorisationSchema>>;

export const exclusionSchema = Type.Object(
  {
    networks: Type.Optional(list(text(49), 5000, { minItems: 1 })),
    domains: Type.Optional(list(hostName, 5000, { minItems: 1 })),
    reason: text(500, { minLength: 1 }),
  },
  closed,
);
export type Exclusion = Readonly<Static<typeof exclusionSchema>>;

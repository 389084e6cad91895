import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';

/** Facts of one mail domain. */
export const mailFacts = Type.Object(
  {
    /** Mail exchangers as the resolver told them, in the order of their preference; none: the domain has no MX. */
    mx: list(
      Type.Object({ preference: Type.Integer({ minimum: 0, maximum: 65_535 }), exchange: text(255) }, closed),
      64,
    ),
  },
  closed,
);
export type MailFacts = Static<typeof mailFacts>;

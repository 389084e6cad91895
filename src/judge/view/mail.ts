import { Type, type Static } from '@sinclair/typebox';
import type { MailFacts } from '../../model/facts/mail.ts';
import { closed, list, text } from '../../model/schema.ts';
import { assemble, seen } from './part.ts';
import type { Derived } from './view.ts';

/** Facts of a mail domain as checks read them. */
export const mailView = Type.Object({ exchanges: Type.Optional(list(text(255), 64)) }, closed);
export type MailView = Static<typeof mailView>;

/** Derives the view of one mail domain; pure. */
export function deriveMail(facts: MailFacts): Derived<MailView> {
  return assemble<MailView>('/mail', { exchanges: seen(facts.mx.map(({ exchange }) => exchange)) });
}

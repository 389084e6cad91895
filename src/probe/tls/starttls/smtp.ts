import { ownName, type Dialogue } from './dialogue.ts';
import type { Turns } from './ear.ts';
import { takeReply } from './reply.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

/** RFC 3207. */
export const smtp: Dialogue = (context) => mail(context, 'EHLO');

/** RFC 2033 section 4.1: SMTP with another greeting. */
export const lmtp: Dialogue = (context) => mail(context, 'LHLO');

/** A server that does not know the command knows no extension. */
const unknownCommand: ReadonlySet<number> = new Set([500, 502, 504]);

function* mail({ ear }: Parameters<Dialogue>[0], hello: string): Turns<undefined> {
  const greeting = yield* ear.hear(takeReply);
  if (greeting.code !== 220)
    throw greeting.code < 400 ? garbage('a greeting', greeting.said) : turnedAway(greeting.said);
  const extensions = yield* ear.ask(`${hello} ${ownName}\r\n`, takeReply);
  const { code, texts, said } = extensions;
  if (unknownCommand.has(code)) throw notOffered(said);
  if (code !== 250) throw code < 400 ? garbage(`an answer to ${hello}`, said) : turnedAway(said);
  // The first line is the server's name.
  if (!texts.slice(1).some((text) => /^STARTTLS(?: |$)/i.test(text))) throw notOffered(said);
  const answer = yield* ear.ask('STARTTLS\r\n', takeReply);
  if (answer.code === 220) return undefined;
  if (answer.code === 421) throw turnedAway(answer.said);
  throw answer.code < 400 ? garbage('an answer to STARTTLS', answer.said) : refused(answer.said);
}

import type { Dialogue } from './dialogue.ts';
import { takeFtpReply } from './reply.ts';
import { garbage, notOffered, refused, turnedAway } from './refusal.ts';

/** The command, or the mechanism `TLS`, is not known (RFC 2228 section 3). */
const unknown: ReadonlySet<number> = new Set([500, 502, 504]);

/** RFC 4217 section 4: AUTH says by itself whether it is there, FEAT need not be asked. */
export const ftp: Dialogue = function* ({ ear }) {
  const greeting = yield* ear.hear(takeFtpReply);
  if (greeting.code === 120) throw turnedAway(greeting.said);
  if (greeting.code !== 220)
    throw greeting.code < 400 ? garbage('a greeting', greeting.said) : turnedAway(greeting.said);
  const { code, said } = yield* ear.ask('AUTH TLS\r\n', takeFtpReply);
  if (code === 234) return undefined;
  if (code === 421) throw turnedAway(said);
  if (unknown.has(code)) throw notOffered(said);
  throw code < 400 ? garbage('an answer to AUTH TLS', said) : refused(said);
};

import { randomBytes } from 'node:crypto';
import type { Dial } from '../exchange.ts';
import { askToResume } from '../session/ask-to-resume.ts';
import type { SessionInfo } from '../session/session-der.ts';

export type TicketAnswer = {
  /** Undefined when the server did not resume: it then made up a session id of its own, and nothing is known. */
  readonly overread?: boolean;
  readonly resumed?: true;
};

/**
 * Ticketbleed (CVE-2016-9244): the server accepts a ticket and repeats our session id of one byte (RFC 5077 section 3.4);
 * a faulty one repeats 32, of which 31 are its memory. Only the length and our own byte are looked at.
 */
export async function ticketOverread(dial: Dial, sni: string | undefined, session: SessionInfo): Promise<TicketAnswer> {
  const answer = await askToResume(dial, { sni, session, sessionId: randomBytes(1), withTicket: true });
  if (answer?.resumed !== true) return {};
  return { resumed: true, overread: answer.startsWithOurs && answer.idLength > 1 };
}

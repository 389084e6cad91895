import { randomBytes } from 'node:crypto';
import type { TlsFaults, TlsFeatures } from '../../../model/facts/tls.ts';
import type { Dial } from '../exchange.ts';
import { ticketOverread } from '../faults/ticket-overread.ts';
import { askToResume } from './ask-to-resume.ts';
import { defined } from './defined.ts';
import { fullHandshake } from './full-handshake.ts';
import { renegotiates } from './renegotiation.ts';
import { readSession, type SessionInfo } from './session-der.ts';

export type ClearSessions = {
  readonly features: Pick<
    TlsFeatures,
    'clientRenegotiation' | 'sessionIdResumption' | 'ticketResumption' | 'ticketLifetime'
  >;
  readonly faults: Pick<TlsFaults, 'ticketOverread'>;
};

/**
 * Renegotiation, resumption and Ticketbleed of TLS 1.2 and earlier, in three to six connections. `ready` is a session without
 * a ticket that another question may have left behind. Empty where node:tls and the server cannot finish a handshake, as
 * with servers of RC4 alone.
 */
export async function clearSessions(
  dial: Dial,
  sni: string | undefined,
  ready: Promise<SessionInfo | undefined>,
): Promise<ClearSessions> {
  const first = await fullHandshake(dial, { sni, era: 'TLSv1.2' }, async (socket) => {
    const session = sessionOf(socket.getSession());
    // A renegotiation that is refused may end the session on the server, but no ticket with it.
    if (session?.ticket === undefined) return { session };
    return { session, clientRenegotiation: await renegotiates(socket, dial.answerMs) };
  });
  if (first?.session === undefined) return { features: {}, faults: {} };
  const { session } = first;
  if (session.ticket === undefined) {
    const sessionIdResumption = await resumesById(dial, sni, session);
    const clientRenegotiation = await fullHandshake(dial, { sni, era: 'TLSv1.2' }, (socket) =>
      renegotiates(socket, dial.answerMs),
    );
    return { features: defined({ clientRenegotiation, sessionIdResumption, ticketResumption: false }), faults: {} };
  }
  const byTicket = await ticketOverread(dial, sni, session);
  const ticketResumption = byTicket.resumed ?? (await resumesByTicket(dial, sni, session));
  const own =
    (await ready) ?? (await fullHandshake(dial, { sni, era: 'no-ticket' }, (socket) => sessionOf(socket.getSession())));
  const sessionIdResumption = own === undefined ? undefined : await resumesById(dial, sni, own);
  const { clientRenegotiation } = first;
  return {
    features: defined({
      clientRenegotiation,
      sessionIdResumption,
      ticketResumption,
      ticketLifetime: session.lifetime,
    }),
    faults: defined({ ticketOverread: byTicket.overread }),
  };
}

/** Asked twice before it is denied: behind one address there may be several servers, or one with several processes. */
async function resumesById(dial: Dial, sni: string | undefined, session: SessionInfo): Promise<boolean | undefined> {
  const { sessionId } = session;
  if (sessionId.length === 0) return false;
  const ask = () => askToResume(dial, { sni, session, sessionId, withTicket: false });
  const first = await ask();
  if (first?.resumed === true) return true;
  return (await ask())?.resumed ?? first?.resumed;
}

async function resumesByTicket(
  dial: Dial,
  sni: string | undefined,
  session: SessionInfo,
): Promise<boolean | undefined> {
  return (await askToResume(dial, { sni, session, sessionId: randomBytes(32), withTicket: true }))?.resumed;
}

function sessionOf(session: Buffer | undefined): SessionInfo | undefined {
  return session === undefined ? undefined : readSession(session);
}

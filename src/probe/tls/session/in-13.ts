import type { TLSSocket } from 'node:tls';
import type { TlsFeatures } from '../../../model/facts/tls.ts';
import type { TlsContext } from '../context.ts';
import { defined } from './defined.ts';
import { fullHandshake, within } from './full-handshake.ts';
import { readSession } from './session-der.ts';

export type Sessions13 = Pick<TlsFeatures, 'pskResumption' | 'ticketLifetime' | 'earlyData'>;

/** Tickets are sent right after the handshake, or by some servers with the first answer. */
const ticketMs = 500;

/**
 * Tickets, resumption and early data of TLS 1.3. The sessions of the handshake that is made to verify serve here too, so
 * that one connection more is enough; only where they do not resume, or there are none, a handshake of our own tells,
 * in up to three. Empty where none comes about.
 */
export async function sessions13(context: TlsContext): Promise<Sessions13> {
  const given = (await context.verification)?.sessions ?? [];
  const resumed = given.length === 0 ? undefined : await resume(context, given.slice(0, 1));
  return resumed?.pskResumption === true ? resumed : resumeOwn(context);
}

async function resumeOwn(context: TlsContext): Promise<Sessions13> {
  const { dial, sni, target } = context;
  const sessions: Buffer[] = [];
  const onSession = (session: Buffer) => {
    sessions.unshift(session);
  };
  const finished = await fullHandshake(dial, { sni, era: 'TLSv1.3', onSession }, async (socket) => {
    if (sessions.length === 0) await within(Math.min(ticketMs, dial.answerMs), socket, 'session');
    if (sessions.length === 0 && target.kind === 'web') {
      askForHead(socket, sni ?? dial.address, dial.wire.userAgent);
      await within(dial.answerMs, socket, 'session');
    }
    return true;
  });
  if (finished === undefined) return {};
  return sessions.length === 0 ? { pskResumption: false } : resume(context, sessions.slice(0, 2));
}

/** The newest first; each ticket is used once, as servers against replay want it (RFC 8446 section 8.1). */
async function resume({ dial, sni }: TlsContext, sessions: readonly Buffer[]): Promise<Sessions13> {
  const info = sessions[0] === undefined ? undefined : readSession(sessions[0]);
  let pskResumption: boolean | undefined;
  for (const session of sessions) {
    const reused = await fullHandshake(dial, { sni, era: 'TLSv1.3', session }, (socket) => socket.isSessionReused());
    pskResumption = reused ?? pskResumption;
    if (pskResumption === true) break;
  }
  return defined({ pskResumption, ticketLifetime: info?.lifetime, earlyData: info?.maxEarlyData });
}

function askForHead(socket: TLSSocket, host: string, userAgent: string): void {
  const name = host.includes(':') ? `[${host}]` : host;
  socket.resume();
  socket.write(`HEAD / HTTP/1.1\r\nHost: ${name}\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`);
}

import type { TLSSocket } from 'node:tls';
import type { TlsFeatures } from '../../../model/facts/tls.ts';
import type { TlsContext } from '../context.ts';
import { defined } from './defined.ts';
import { fullHandshake, within } from './full-handshake.ts';
import { readSession } from './session-der.ts';

export type Sessions13 = Pick<TlsFeatures, 'pskResumption' | 'ticketLifetime' | 'earlyData'>;

/** Tickets are sent right after the handshake, or by some servers with the first answer. */
const ticketMs = 500;

/** Tickets, resumption and early data of TLS 1.3, in one to three connections; empty where no handshake comes about. */
export async function sessions13({ dial, sni, target }: TlsContext): Promise<Sessions13> {
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
  const [newest] = sessions;
  if (newest === undefined) return { pskResumption: false };
  const info = readSession(newest);
  let pskResumption: boolean | undefined;
  // The newest first; each ticket is used once, as servers against replay want it (RFC 8446 section 8.1).
  for (const session of sessions.slice(0, 2)) {
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

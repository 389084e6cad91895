import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** A server's side of a clear dialogue, after which it speaks TLS. */
export type Lines = readonly {
  /** Waited for before speaking; absent: said at once. */
  readonly after?: string | RegExp;
  readonly say?: Buffer | string;
  /** Waited after speaking. */
  readonly pauseMs?: number;
  /** The connection ends here, without TLS. */
  readonly end?: boolean;
}[];

export type StartTlsServer = {
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

/** Speaks `lines` on every connection, then serves TLS 1.2 and 1.3 on the same socket with the certificate. */
export async function startStartTls(
  listen: { readonly host: string; readonly port: number },
  lines: Lines | ((connection: number) => Lines),
  pem: { readonly key: string; readonly cert: string },
): Promise<StartTlsServer> {
  const secureContext = createSecureContext({ ...pem, minVersion: 'TLSv1.2' });
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    speak(socket, typeof lines === 'function' ? lines(connections) : lines).then(
      () => {
        const secure = new TLSSocket(socket, { isServer: true, secureContext });
        secure.on('error', () => undefined);
        secure.resume();
      },
      () => socket.end(),
    );
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  return {
    connections: () => connections,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Goes to the next line that what was heard is waited for by; one passed over is not missed, as clients may know what it
 * says. Reads in paused mode and takes what was waited for alone, so that nothing of a ClientHello behind it is swallowed.
 */
async function speak(socket: Socket, lines: Lines): Promise<void> {
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.after !== undefined) at = await heard(socket, lines, at);
    const { say, pauseMs, end } = lines[at] ?? {};
    if (say !== undefined) socket.write(say);
    if (pauseMs !== undefined) await sleep(pauseMs);
    if (end === true) throw new Error('ended');
  }
}

async function heard(socket: Socket, lines: Lines, from: number): Promise<number> {
  for (let bytes = ''; ;) {
    const piece = socket.read(1) as Buffer | null;
    if (piece === null) {
      if (socket.destroyed || socket.readableEnded) throw new Error('closed');
      await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
      continue;
    }
    bytes += piece.toString('latin1');
    const found = lines.findIndex(
      ({ after }, at) => at >= from && (typeof after === 'string' ? bytes === after : after?.test(bytes) === true),
    );
    if (found !== -1) return found;
  }
}

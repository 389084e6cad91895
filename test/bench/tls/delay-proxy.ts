import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * A stand-in for `tc netem` where the kernel has none: bytes take `ms / 2` each way, and the first bytes of a connection
 * wait one round trip more for the TCP handshake that the loopback has not delayed. A reset goes through at once.
 */
export async function startDelayProxy(options: {
  readonly listen: { readonly host: string; readonly port: number };
  readonly to: { readonly host: string; readonly port: number };
  readonly ms: number;
}): Promise<{ readonly stop: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ ...options.to, noDelay: true });
    client.setNoDelay(true);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    const begun = performance.now() + options.ms;
    pipe(client, upstream, options.ms / 2, begun);
    pipe(upstream, client, options.ms / 2, begun);
  });
  server.listen(options.listen.port, options.listen.host);
  await once(server, 'listening');
  return {
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function pipe(from: Socket, to: Socket, ms: number, notBefore: number): void {
  const later = (act: () => void) => {
    const wait = Math.max(notBefore - performance.now(), 0) + ms;
    setTimeout(() => {
      if (!to.destroyed) act();
    }, wait);
  };
  from.on('data', (bytes: Buffer) => {
    later(() => to.write(bytes));
  });
  from.on('end', () => {
    later(() => to.end());
  });
  from.on('close', () => {
    later(() => to.destroy());
  });
}

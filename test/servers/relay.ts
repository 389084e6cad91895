import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * Answers at an address for a server elsewhere, over UDP and TCP. BIND listens only at addresses that an interface has,
 * and of 127.0.0.0/8 that is 127.0.0.1 alone.
 */
export type Relay = {
  /** Datagrams and connections that came in. */
  readonly heard: () => number;
  readonly stop: () => Promise<void>;
};

/** Relays `address` port `port` to 127.0.0.1 port `upstream`. */
export async function startRelay(address: string, port: number, upstream: number): Promise<Relay> {
  let heard = 0;
  const sockets = new Set<Socket>();
  const front = createSocket('udp4');
  front.on('message', (query, from) => {
    heard += 1;
    const back = createSocket('udp4');
    const timer = setTimeout(() => {
      back.close();
    }, 8000);
    back.on('error', () => undefined);
    back.once('message', (answer) => {
      clearTimeout(timer);
      back.close();
      front.send(answer, from.port, from.address);
    });
    back.send(query, upstream, '127.0.0.1');
    timer.unref();
  });
  front.bind(port, address);
  const tcp = createServer((client) => {
    heard += 1;
    const back = connect({ host: '127.0.0.1', port: upstream });
    for (const [one, other] of [
      [client, back],
      [back, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  tcp.listen(port, address);
  await Promise.all([once(front, 'listening'), once(tcp, 'listening')]);
  return {
    heard: () => heard,
    stop: async () => {
      front.close();
      for (const socket of sockets) socket.destroy();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

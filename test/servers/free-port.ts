import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that the kernel gives out by itself (32768 and up): nothing that is connected meanwhile takes it. */
const [first, places, each] = [20_000, 500, 20] as const;
let given = 0;

/**
 * A port that nobody has on 127.0.0.1, of TCP and UDP alike. It stays free until its server listens: each process that runs tests
 * has numbers of its own.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < each; tries += 1) {
    const port = first + (process.pid % places) * each + (given++ % each);
    if ((await bindsTcp(port)) && (await bindsUdp(port))) return port;
  }
  throw new Error('no port is free');
}

async function bindsTcp(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}

async function bindsUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
  } catch {
    return false;
  }
  await once(socket.close(), 'close');
  return true;
}

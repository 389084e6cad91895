import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLimiter } from '../../../src/probe/wire/limiter.ts';
import { openSocket, type AddressState } from '../../../src/probe/wire/open-socket.ts';

it('counts what was sent: a socket that is stopped before it began is none', async () => {
  const address = '127.71.9.2';
  let came = 0;
  const server = createServer((socket) => {
    came += 1;
    socket.destroy();
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const zero = { connections: 0, datagrams: 0, refusedByGuard: 0, bytesSent: 0, bytesReceived: 0 };
  const limiter = createLimiter({ connections: 2, perSecond: 100 });
  const state: AddressState = { ...zero, limiter, answered: new Set() };
  let left = 0;
  const turn = { state, leave: () => (left += 1) };
  try {
    const stop = new AbortController();
    const stopped = openSocket(turn, address, port, { signal: stop.signal });
    stop.abort(new Error('the lane went to another'));
    await expect(stopped).rejects.toThrow('the lane went to another');
    const lost = new AbortController();
    const spoilt = openSocket({ ...turn, lost: lost.signal }, address, port, {});
    lost.abort(new Error('the address was lost'));
    await expect(spoilt).rejects.toThrow('the address was lost');
    await sleep(50);
    expect([state.connections, came, left]).toEqual([0, 0, 2]);
    (await openSocket(turn, address, port, {})).destroy();
    await expect.poll(() => [state.connections, came, left]).toEqual([1, 1, 3]);
  } finally {
    server.close();
  }
});

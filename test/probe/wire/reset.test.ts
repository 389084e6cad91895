import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { reset } from '../../../src/probe/wire/reset.ts';

it.each([
  ['while the answer is still awaited', 'at once'],
  ['in the turn in which the server ended it', 'at its end'],
  ['when its own shutdown is under way', 'after its end'],
])('closes a connection %s', async (_when, moment) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (moment !== 'at once') socket.end('bye');
  }).listen(0, '127.0.31.99');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.31.99');
  const errors: Error[] = [];
  socket.on('error', (error) => errors.push(error)).resume();
  const closed = once(socket, 'close');
  if (moment === 'at once') await once(socket, 'connect');
  else {
    if (moment === 'at its end') {
      socket.once('end', () => {
        reset(socket);
      });
    }
    await once(socket, 'end');
  }
  reset(socket);
  await closed;
  expect(errors).toEqual([]);
  server.close();
  await once(server, 'close');
});

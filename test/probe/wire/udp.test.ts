import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Permit } from '../../../src/model/permission.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A UDP server on loopback; `answer` says what each datagram gets. */
async function listen(address: string, answer: (query: Buffer, from: { port: number; address: string }) => void) {
  const socket = createSocket('udp4');
  sockets.push(socket);
  let heard = 0;
  socket.on('message', (query, from) => {
    heard += 1;
    answer(query, from);
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  return { socket, port: socket.address().port, heard: () => heard };
}

const limits = { connections: 2, perSecond: 1000 };
const always: Permit = () => ({ allowed: true, authorisation: 'a', limits });
const wireWith = (permit: Permit) => createWire({ zone: 'internet', userAgent: 'test', permit });

describe('a datagram', () => {
  it('is asked for only where a document permits; nothing is sent otherwise', async () => {
    const server = await listen('127.0.31.1', () => undefined);
    const wire = wireWith(({ name }) =>
      name === 'ns.mine' ? { allowed: true, authorisation: 'a', limits } : { allowed: false, reason: 'port' },
    );
    await expect(
      wire.datagram('127.0.31.1', server.port, Buffer.from('x'), { name: 'ns.other' }),
    ).rejects.toMatchObject({
      failure: { code: 'not-permitted' },
    });
    expect(server.heard()).toBe(0);
    expect(wire.costs()).toMatchObject([{ address: '127.0.31.1', datagrams: 0, refusedByGuard: 1 }]);
  });

  it('gets its answer, is counted, and leaves its turn to the next', async () => {
    const server = await listen('127.0.31.2', (query, { port, address }) => {
      server.socket.send(Buffer.concat([query, query]), port, address);
    });
    const wire = wireWith(always);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => wire.datagram('127.0.31.2', server.port, Buffer.from([n]))),
    );
    expect(answers.map((one) => one.toString('hex'))).toEqual(['0101', '0202', '0303', '0404']);
    expect(wire.costs()).toMatchObject([{ datagrams: 4, connections: 0, bytesSent: 4, bytesReceived: 8 }]);
  });

  it('passes over answers from elsewhere and answers that are not accepted', async () => {
    const liar = await listen('127.0.31.9', () => undefined);
    const server = await listen('127.0.31.3', (_query, { port, address }) => {
      liar.socket.send('forged', port, address);
      server.socket.send('wrong', port, address);
      setTimeout(() => {
        server.socket.send('right', port, address);
      }, 30);
    });
    const accept = (answer: Buffer) => answer.toString() !== 'wrong';
    const answer = await wireWith(always).datagram('127.0.31.3', server.port, Buffer.from('x'), { accept });
    expect(answer.toString()).toBe('right');
  });

  it('that nobody answers is a timeout; to a closed port, a refusal; and a flood ends it', async () => {
    const silent = await listen('127.0.31.4', () => undefined);
    const wire = wireWith(always);
    const send = (port: number, accept?: () => boolean) =>
      wire.datagram('127.0.31.4', port, Buffer.from('x'), {
        timeoutMs: 150,
        ...(accept === undefined ? {} : { accept }),
      });
    await expect(send(silent.port)).rejects.toMatchObject({ failure: { code: 'timeout' } });
    await expect(send(9)).rejects.toMatchObject({ failure: { code: 'refused' } });
    const loud = await listen('127.0.31.4', (_query, { port, address }) => {
      for (let n = 0; n < 40; n += 1) loud.socket.send('noise', port, address);
    });
    await expect(send(loud.port, () => false)).rejects.toMatchObject({ failure: { code: 'protocol' } });
  });

  it('ends when the run is stopped', async () => {
    const silent = await listen('127.0.31.5', () => undefined);
    const stop = new AbortController();
    const asked = wireWith(always).datagram('127.0.31.5', silent.port, Buffer.from('x'), { signal: stop.signal });
    setTimeout(() => {
      stop.abort(new Error('stopped by the user'));
    }, 20);
    await expect(asked).rejects.toThrow('stopped by the user');
  });
});

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { grabBanner } from '../../../src/probe/ports/banner.ts';
import type { Approach } from '../../../src/probe/ports/port-list.ts';
import { tcpServer, wireWith, type Running } from './support.ts';

const address = '127.0.33.31';
const never = new AbortController().signal;
const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});
type OnConnection = Parameters<typeof tcpServer>[2];
async function serve(onConnection: OnConnection) {
  const server = await tcpServer(address, 0, onConnection);
  running.push(server);
  return server;
}
async function grab(port: number, approach: Approach, signal = never) {
  const { bytes, tls } = await grabBanner(address, port, { wire: wireWith(), signal, approach });
  return { text: bytes.toString('latin1'), tls };
}
/** The same while no timer of ours rings: nothing ends it but what is heard, or a stop. */
async function grabUntimed(...asked: Parameters<typeof grab>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    return await grab(...asked);
  } finally {
    vi.useRealTimers();
  }
}

describe('the banner grab', () => {
  it('ends at a whole line', async () => {
    const { port } = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
    expect(await grabUntimed(port, 'listen')).toEqual({ text: 'SSH-2.0-OpenSSH_9.2p1\r\n', tls: false });
  });

  it('waits for a service that is slow to greet', async () => {
    const { port } = await serve((socket) => setTimeout(() => socket.write('220 hello\r\n'), 1500));
    expect((await grab(port, 'listen')).text).toBe('220 hello\r\n');
  });

  it('puts a greeting together from its pieces', async () => {
    const { port } = await serve((socket) => {
      socket.write('220-one\r\n220');
      setTimeout(() => socket.write(' two\r\n'), 250);
    });
    expect((await grab(port, 'listen')).text).toBe('220-one\r\n220 two\r\n');
  });

  it('keeps one kilobyte of a flood', async () => {
    const { port } = await serve((socket) => {
      const flood = setInterval(() => socket.write('A'.repeat(100_000)), 1);
      socket.on('close', () => {
        clearInterval(flood);
      });
    });
    expect((await grabUntimed(port, 'listen')).text).toBe('A'.repeat(1024));
  });

  it('leaves a tarpit at the deadline with what has dripped', async () => {
    const { port } = await serve((socket) => {
      const drip = setInterval(() => socket.write('x'), 300);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    // The drip has no end.
    expect((await grab(port, 'listen')).text).toMatch(/^x{4,20}$/);
  });

  it('does not stay for a drop a second', async () => {
    const { port } = await serve((socket) => {
      const drip = setInterval(() => socket.write('x'), 1000);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    expect((await grab(port, 'listen')).text).toMatch(/^x{1,3}$/);
  });

  it('asks a web server politely and reads only the head', async () => {
    let asked = '';
    const { port } = await serve((socket) => {
      socket.once('data', (data: Buffer) => {
        asked = data.toString();
        socket.write('HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n');
      });
    });
    expect((await grabUntimed(port, 'http')).text).toContain('Server: nginx');
    expect(asked).toContain('GET / HTTP/1.0\r\nHost: 127.0.33.31\r\nUser-Agent: RaSoat/0.1 (test)\r\n');
  });

  it('tries silence, an empty line and GET on one connection where the port says nothing', async () => {
    const heard: string[] = [];
    const server = await serve((socket) => {
      socket.on('data', (data: Buffer) => {
        heard.push(data.toString());
        if (heard.join('').includes('GET')) socket.end('HTTP/1.0 200 OK\r\nServer: odd/1.0\r\n\r\n');
      });
    });
    expect((await grab(server.port, 'ask')).text).toContain('odd/1.0');
    expect(server.heard()).toBe(1);
    expect([heard[0], heard[1]?.slice(0, 5)]).toEqual(['\r\n', 'GET /']);
  });

  it('says nothing at all where hands are kept off', async () => {
    const server = await serve((socket) => socket.write('hello\r\n'));
    expect(await grab(server.port, 'hands-off')).toMatchObject({ text: '', tls: undefined });
    expect(server.heard()).toBe(0);
  });

  it.each([
    ['redis', 'PING\r\n', '-NOAUTH Authentication required.\r\n'],
    ['memcached', 'version\r\n', 'VERSION 1.6.18\r\n'],
  ] as const)('greets %s in its own words', async (approach, words, answer) => {
    const { port } = await serve((socket) =>
      socket.on('data', (data: Buffer) => socket.write(data.toString() === words ? answer : '?')),
    );
    expect((await grab(port, approach)).text).toBe(answer);
  });

  it.each([
    ['postgresql', 8],
    ['rdp', 19],
    ['ms-sql', 26],
  ] as const)('greets %s with a packet that tells its own length', async (approach, length) => {
    let seen: Buffer = Buffer.alloc(0);
    const { port } = await serve((socket) =>
      socket.on('data', (data: Buffer) => {
        seen = data;
        socket.write('ok\n');
      }),
    );
    await grab(port, approach);
    const told = approach === 'postgresql' ? seen.readUInt32BE(0) : seen.readUInt16BE(2);
    expect([seen.length, told]).toEqual([length, length]);
  });

  it('reads a greeting packet of MySQL without waiting for more', async () => {
    const body = Buffer.from('\x0a8.0.33\0\x05\0\0\0abcdefgh\0', 'latin1');
    const { port } = await serve((socket) => socket.write(Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body])));
    expect((await grabUntimed(port, 'listen')).text).toContain('8.0.33');
  });

  it('is not harmed by a port that hangs up, resets or closes meanwhile', async () => {
    const hangsUp = await serve((socket) => socket.end());
    const resets = await serve((socket) => socket.resetAndDestroy());
    for (const approach of ['listen', 'http', 'https', 'tls', 'ask'] as const) {
      for (const { port } of [hangsUp, resets]) expect(await grab(port, approach)).toMatchObject({ text: '' });
    }
    await hangsUp.close();
    running.splice(running.indexOf(hangsUp), 1);
    expect(await grab(hangsUp.port, 'listen')).toMatchObject({ text: '', tls: undefined });
  });

  it('ends at a stop with what it has', async () => {
    const stop = new AbortController();
    const { port } = await serve((socket) =>
      socket.write('half a', () => {
        void sleep(100)
          .then(() => turn())
          .then(() => turn())
          .then(() => {
            stop.abort();
          });
      }),
    );
    expect((await grabUntimed(port, 'listen', stop.signal)).text).toBe('half a');
  });

  it('turns to plain words where a TLS port speaks none', async () => {
    const server = await serve((socket) =>
      socket.on('data', (data: Buffer) => {
        if (data[0] === 0x16) socket.end('HTTP/1.0 400 Bad Request\r\n\r\n');
        else socket.end('HTTP/1.0 200 OK\r\nServer: plain/1\r\n\r\n');
      }),
    );
    expect(await grab(server.port, 'https')).toMatchObject({
      tls: false,
      text: expect.stringContaining('plain/1') as string,
    });
    expect(server.heard()).toBe(2);
  });

  it('keeps TLS as seen when only the plain words were answered by an alert', async () => {
    const { port } = await serve((socket) =>
      socket.once('data', (data: Buffer) => {
        if (data[0] === 0x16) socket.resetAndDestroy();
        else socket.end(Buffer.from('15030100020246', 'hex'));
      }),
    );
    expect(await grab(port, 'http')).toMatchObject({ tls: true, text: '' });
  });

  it('takes a TLS alert for TLS, though nothing can be read', async () => {
    const { port } = await serve((socket) =>
      socket.once('data', () => socket.end(Buffer.from('15030100020228', 'hex'))),
    );
    expect(await grab(port, 'https')).toMatchObject({ tls: true, text: '' });
    expect(await grab(port, 'ask')).toMatchObject({ tls: true, text: '' });
  });
});

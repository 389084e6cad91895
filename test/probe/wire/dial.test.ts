import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { FailureError } from '../../../src/model/failure.ts';
import type { Permit } from '../../../src/model/permission.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that counts who came. */
async function listen(address: string): Promise<{ readonly port: number; readonly heard: () => number }> {
  let heard = 0;
  const server = createServer((socket) => {
    heard += 1;
    socket.on('error', () => undefined);
    socket.on('data', (data) => socket.write(data));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return { port: (server.address() as AddressInfo).port, heard: () => heard };
}

const always: Permit = () => ({ allowed: true, authorisation: 'a', limits: { connections: 2, perSecond: 1000 } });
const wireWith = (permit: Permit) => createWire({ zone: 'internet', userAgent: 'test', permit });

describe('the guarded dial', () => {
  it('sends nothing to an address that no authorisation covers', async () => {
    const server = await listen('127.0.30.1');
    const wire = wireWith(() => ({ allowed: false, reason: 'no-authorisation' }));
    await expect(wire.connect('127.0.30.1', server.port)).rejects.toMatchObject({
      failure: { code: 'not-permitted', retryable: false },
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.heard()).toBe(0);
    expect(wire.costs()).toMatchObject([{ address: '127.0.30.1', connections: 0, refusedByGuard: 1 }]);
  });

  it('asks again when its turn comes: a window that closed meanwhile refuses', async () => {
    const server = await listen('127.0.30.2');
    let open = true;
    const wire = wireWith(() =>
      open
        ? { allowed: true, authorisation: 'a', limits: { connections: 1, perSecond: 1000 } }
        : { allowed: false, reason: 'outside-hours' },
    );
    const first = await wire.connect('127.0.30.2', server.port);
    const second = wire.connect('127.0.30.2', server.port);
    const refused = expect(second).rejects.toMatchObject({ failure: { code: 'not-permitted' } });
    open = false;
    first.destroy();
    await refused;
    expect(server.heard()).toBe(1);
  });

  it('gives the slot back after a refusal at the turn, so that nobody waits for ever', async () => {
    const server = await listen('127.0.30.3');
    let asked = 0;
    const wire = wireWith(() => {
      asked += 1;
      return asked === 2
        ? { allowed: false, reason: 'blackout' }
        : { allowed: true, authorisation: 'a', limits: { connections: 1, perSecond: 1000 } };
    });
    await expect(wire.connect('127.0.30.3', server.port)).rejects.toMatchObject({ failure: { code: 'not-permitted' } });
    const socket = await wire.connect('127.0.30.3', server.port);
    socket.destroy();
  });

  it('says refused for a closed port', async () => {
    const wire = wireWith(always);
    await expect(wire.connect('127.0.30.4', 1)).rejects.toMatchObject({ failure: { code: 'refused' } });
    expect(wire.costs()[0]).toMatchObject({ connections: 1 });
  });

  it('says timeout for a host that drops what is sent to it', async () => {
    // A stopped process whose listen queue is full: the kernel drops further SYNs, as a firewall would.
    const script =
      "require('net').createServer().listen({port:8099,host:'127.0.30.8',backlog:1},()=>console.log('up'))";
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      child.kill('SIGSTOP');
      const wire = wireWith(() => ({
        allowed: true,
        authorisation: 'a',
        limits: { connections: 64, perSecond: 1000 },
      }));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, () => wire.connect('127.0.30.8', 8099, { timeoutMs: 300 })),
      );
      const codes = outcomes.flatMap((one) =>
        one.status === 'rejected' ? [(one.reason as FailureError).failure.code] : [],
      );
      expect(codes.length).toBeGreaterThan(0);
      expect(new Set(codes)).toEqual(new Set(['timeout']));
      for (const one of outcomes) if (one.status === 'fulfilled') one.value.destroy();
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('counts connections, bytes and peak per address', async () => {
    const server = await listen('127.0.30.5');
    const wire = wireWith(always);
    for (let i = 0; i < 3; i += 1) {
      const socket = await wire.connect('127.0.30.5', server.port);
      await new Promise<void>((resolve) => {
        socket.once('data', () => {
          socket.destroy();
        });
        socket.once('close', () => {
          resolve();
        });
        socket.write('hello');
      });
    }
    expect(wire.costs()).toEqual([
      {
        address: '127.0.30.5',
        connections: 3,
        datagrams: 0,
        refusedByGuard: 0,
        bytesSent: 15,
        bytesReceived: 15,
        peakPerSecond: 3,
      },
    ]);
  });

  it('leases only permitted ports and counts what the outside program did', async () => {
    const wire = wireWith(({ port }) =>
      port === 80
        ? { allowed: true, authorisation: 'a', limits: { connections: 2, perSecond: 10 } }
        : { allowed: false, reason: 'port' },
    );
    const seen = await wire.lease('127.0.30.6', [79, 80, 81], {}, (lease) =>
      Promise.resolve({ result: lease, connections: 7 }),
    );
    const limits = { connections: 2, perSecond: 10 };
    expect(seen).toEqual({ ports: [80], refused: [79, 81], limits, signal: expect.any(AbortSignal) as AbortSignal });
    expect(wire.costs()).toMatchObject([{ connections: 7, refusedByGuard: 2, peakPerSecond: 7 }]);
    await expect(
      wire.lease('127.0.30.6', [1], {}, () => Promise.resolve({ result: 0, connections: 0 })),
    ).rejects.toMatchObject({ failure: { code: 'not-permitted' } });
  });

  it('an abort while waiting frees the queue and an abort while connecting closes the socket', async () => {
    const server = await listen('127.0.30.7');
    const wire = wireWith(() => ({ allowed: true, authorisation: 'a', limits: { connections: 1, perSecond: 1000 } }));
    const first = await wire.connect('127.0.30.7', server.port);
    const controller = new AbortController();
    const second = wire.connect('127.0.30.7', server.port, { signal: controller.signal });
    const stopped = expect(second).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await stopped;
    first.destroy();
    (await wire.connect('127.0.30.7', server.port)).destroy();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { FailureError, type FailureCode } from '../../../src/model/failure.ts';
import { connectScan } from '../../../src/probe/ports/connect-scan.ts';
import type { Wire } from '../../../src/probe/wire/wire.ts';
import { silentPort, tcpServer, wireWith, type Running } from './support.ts';

const address = '127.0.33.30';
const never = new AbortController().signal;
const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});
async function open(port = 0) {
  const server = await tcpServer(address, port, () => undefined);
  running.push(server);
  return server;
}
/** Two neighbours of a port that nobody listens on. */
const closedNear = (port: number) => (port > 60_000 ? [port - 1, port - 2] : [port + 1, port + 2]);

/** A wire whose ports answer as told, and which remembers the dials. */
function toldWire(answer: (port: number, turn: number) => FailureCode) {
  const dials: number[] = [];
  const wire: Wire = {
    ...wireWith(),
    connect: (at, port) => {
      dials.push(port);
      const turn = dials.filter((dialled) => dialled === port).length;
      return Promise.reject(new FailureError(answer(port, turn), `${at} ${port}`));
    },
  };
  return { wire, dials };
}

describe('the connect scan', () => {
  it('tells open, closed and silent ports apart', async () => {
    const server = await open();
    const mute = await silentPort(address);
    running.push(mute);
    const closed = closedNear(server.port).filter((port) => port !== mute.port);
    const wire = wireWith();
    const ports = [server.port, mute.port, ...closed];
    const result = await connectScan(address, ports, { wire, signal: never, atOnce: 8 });
    expect(result).toEqual({
      asked: ports,
      open: [server.port],
      closed,
      silent: [mute.port],
      unreachable: [],
      notPermitted: [],
    });
    expect(wire.costs()[0]?.connections).toBe(ports.length + 1);
  });

  it('asks a silent port twice and takes the second answer', async () => {
    const { wire, dials } = toldWire((port, turn) => (port === 1 || turn === 1 ? 'timeout' : 'refused'));
    const result = await connectScan(address, [1, 2], { wire, signal: never, atOnce: 1 });
    expect(dials).toEqual([1, 2, 1, 2]);
    expect([result.silent, result.closed]).toEqual([[1], [2]]);
  });

  it('asks everything else once', async () => {
    const { wire, dials } = toldWire(
      (port) => (['refused', 'unreachable', 'not-permitted', 'bug'] as const)[port - 1] ?? 'bug',
    );
    const result = await connectScan(address, [1, 2, 3, 4], { wire, signal: never, atOnce: 1 });
    expect(dials).toEqual([1, 2, 3, 4]);
    expect(result).toEqual({
      asked: [1, 2, 4],
      open: [],
      closed: [1],
      silent: [],
      unreachable: [2],
      notPermitted: [3],
    });
  });

  it('has no more connections under way than it was given', async () => {
    const server = await open();
    let under = 0;
    let most = 0;
    const real = wireWith();
    const wire: Wire = {
      ...real,
      connect: async (...args) => {
        most = Math.max(most, (under += 1));
        return real.connect(...args).finally(() => (under -= 1));
      },
    };
    await connectScan(address, [server.port, ...Array.from({ length: 30 }, (_, at) => at + 1)], {
      wire,
      signal: never,
      atOnce: 3,
    });
    expect(most).toBe(3);
  });

  it('calls a port that a stop left out neither closed nor silent', async () => {
    const stop = new AbortController();
    const { wire: told, dials } = toldWire((port) => (port === 1 ? 'timeout' : 'refused'));
    const wire: Wire = {
      ...told,
      connect: (at, port, options) => {
        if (port === 3) {
          stop.abort();
          return Promise.reject(new Error('stopped'));
        }
        return told.connect(at, port, options);
      },
    };
    const result = await connectScan(address, [1, 2, 3, 4], { wire, signal: stop.signal, atOnce: 1 });
    expect(dials).toEqual([1, 2]);
    // Port 1 was silent once, which is not silence yet.
    expect(result).toEqual({ asked: [1, 2], open: [], closed: [2], silent: [], unreachable: [], notPermitted: [] });
  });

  it('lets our own mistakes through, and stops dialling', async () => {
    let dials = 0;
    const wire: Wire = {
      ...wireWith(),
      connect: () => {
        dials += 1;
        return Promise.reject(new TypeError('our bug'));
      },
    };
    await expect(connectScan(address, [1, 2, 3, 4, 5, 6], { wire, signal: never, atOnce: 2 })).rejects.toThrow(
      'our bug',
    );
    expect(dials).toBe(2);
  });
});

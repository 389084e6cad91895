import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { EndpointOf } from '../../../src/model/inventory/endpoint.ts';
import type { Permit } from '../../../src/model/permission.ts';
import type { Target } from '../../../src/model/target.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';

export type Running = { readonly close: () => Promise<void> };

/** A wire that permits what `allowed` does, with limits high enough not to be the subject of a test. */
export function wireWith(
  allowed: (address: string, port: number) => boolean = () => true,
  limits = { connections: 64, perSecond: 10_000 },
) {
  const permit: Permit = ({ address, port }) =>
    allowed(address, port)
      ? { allowed: true, authorisation: 'vb-1', limits }
      : { allowed: false, reason: 'no-authorisation' };
  return createWire({ zone: 'internet', userAgent: 'RaSoat/0.1 (test)', permit });
}

/** A host endpoint at a literal address. */
export function hostTarget(address: string, services?: EndpointOf<'host'>['services'], name?: string): Target {
  return {
    key: `${address} [${address}]`,
    kind: 'host',
    system: 'system',
    endpoint: { kind: 'host', host: name ?? address, ...(services === undefined ? {} : { services }) },
    address,
    ...(name === undefined ? {} : { name }),
  };
}

/** A TCP server that counts its connections; `port` 0 takes a free one. */
export async function tcpServer(
  address: string,
  port: number,
  onConnection: (socket: Socket) => void,
): Promise<Running & { readonly port: number; readonly heard: () => number }> {
  const sockets = new Set<Socket>();
  let heard = 0;
  const server = createServer((socket) => {
    heard += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    port: bound.port,
    heard: () => heard,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port that drops SYNs as a firewall does: its listener never accepts, and its queue of two is full. */
export async function silentPort(address: string): Promise<Running & { readonly port: number }> {
  const worker = new Worker(
    `const { createServer } = require('node:net'); const { parentPort, workerData } = require('node:worker_threads');
     const server = createServer();
     server.listen({ host: workerData, port: 0, backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true, workerData: address },
  );
  const [port] = (await once(worker, 'message')) as [number];
  const fill = Array.from({ length: 4 }, () => connect(port, address).on('error', () => undefined));
  await wait(100);
  return {
    port,
    close: async () => {
      for (const socket of fill) socket.destroy();
      await worker.terminate();
    },
  };
}

/** A folder of a test's own, removed by `remove`. */
export function testFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'rasoat-ports-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { reset } from '../../src/probe/wire/reset.ts';
import { mutations, type MutationName, type Step } from './tls-mutations.ts';
import { createRandom, type Random } from './tls-random.ts';

export type Place = { readonly host: string; readonly port: number };

/** One case: which seed spoils the answers of which real server. */
export type FuzzCase = { readonly seed: number; readonly behind: Place };

export type FuzzedServer = {
  /** What the connections from now on get. */
  readonly begin: (next: FuzzCase) => void;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
};

/** Bytes that an endless answer sends at most: a client that is still listening then has no limit of its own. */
const endlessBytes = 48 * 1024 * 1024;
const names = Object.keys(mutations) as [MutationName, ...MutationName[]];

/**
 * Stands before real servers and spoils what they answer, as the seed of the case and the number of the connection say.
 * In some cases nearly every connection is spoilt, in others so few that the prober gets to its last question.
 */
export async function startFuzzedServer(place: Place): Promise<FuzzedServer> {
  const counts: Record<string, number> = {};
  const open = new Set<Socket>();
  let current: FuzzCase | undefined;
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    keep(open, socket);
    if (current === undefined) {
      socket.destroy();
      return;
    }
    connections += 1;
    const upstream = connect(current.behind);
    keep(open, upstream);
    const random = createRandom(current.seed, connections);
    relay(socket, upstream, createTamper(random, createRandom(current.seed), counts));
  });
  server.listen(place.port, place.host);
  await once(server, 'listening');
  return {
    begin: (next) => {
      current = next;
      connections = 0;
    },
    counts: () => counts,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function keep(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.on('close', () => open.delete(socket));
  socket.on('error', () => undefined);
}

type Tamper = (bytes: Buffer) => readonly Step[];

function createTamper(random: Random, ofCase: Random, counts: Record<string, number>): Tamper {
  const often = ofCase.pick([0.02, 0.1, 0.5, 1]);
  const name = random.pick(names);
  let left = random.chance(often) ? random.pick([0, 0, 0, 1, 2]) : Infinity;
  return (bytes) => {
    if (left > 0) {
      left -= 1;
      return [{ do: 'send', bytes }];
    }
    left = random.chance(0.3) ? 1 : Infinity;
    counts[name] = (counts[name] ?? 0) + 1;
    return mutations[name](random, bytes);
  };
}

function relay(socket: Socket, upstream: Socket, tamper: Tamper): void {
  let work = Promise.resolve();
  let over = false;
  const finish = () => {
    over = true;
    upstream.destroy();
  };
  socket.on('data', (bytes: Buffer) => {
    if (!over) upstream.write(bytes);
  });
  // Half-open is allowed so that data can follow a close; who has nothing more to say must then end it himself.
  socket.on('end', () => {
    if (over) socket.destroy();
    else upstream.end();
  });
  socket.on('close', finish);
  upstream.on('data', (bytes: Buffer) => {
    work = work.then(async () => {
      for (const step of over ? [] : tamper(bytes)) {
        if (await take(socket, step)) continue;
        finish();
        break;
      }
    });
  });
  upstream.on('close', () => {
    work = work.then(() => {
      if (!over) socket.end();
      else if (socket.readableEnded) socket.destroy();
    });
  });
}

/** Does one step; false when the connection is over with it. */
async function take(socket: Socket, step: Step): Promise<boolean> {
  switch (step.do) {
    case 'send':
      if (socket.writable) socket.write(step.bytes);
      return true;
    case 'drip':
      for (const byte of step.bytes) {
        if (!socket.writable) return false;
        socket.write(Buffer.of(byte));
        await sleep(step.ms);
      }
      return true;
    case 'endless':
      return endless(socket, step.bytes);
    case 'fin':
      socket.end();
      return false;
    case 'reset':
      reset(socket);
      return false;
    case 'silence':
      return false;
  }
}

async function endless(socket: Socket, bytes: Buffer): Promise<boolean> {
  const piece = Buffer.concat(Array.from({ length: Math.ceil(16_384 / Math.max(1, bytes.length)) }, () => bytes));
  for (let sent = 0; sent < endlessBytes && socket.writable; sent += piece.length) {
    if (!socket.write(piece)) await drained(socket);
  }
  return false;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}

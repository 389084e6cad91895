import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { makeAuthority } from './certificates.ts';
import { machineName, personalityIn, portsOf, type CountryOptions } from './country.ts';
import { createRandom } from '../../simulate/random.ts';
import { answer } from './machine.ts';
import type { Personality } from './personality.ts';

/** One connection as the machine had it. Instants are ms since 1970 by this machine's own clock. */
export type Visit = {
  readonly address: string;
  /** Where it came from: chaos gives each worker an address of its own. */
  readonly from: string;
  readonly openedAt: number;
  readonly closedAt: number;
};

export type Served = {
  readonly accepted: number;
  readonly requests: number;
  readonly open: number;
  readonly lagMs: number;
};

export type CountryServer = {
  readonly served: () => Served;
  /** Every connection that has closed since the last call. */
  readonly visits: () => readonly Visit[];
  readonly stop: () => Promise<void>;
};

const contextsKept = 4000;
const versions = {
  modern: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  plain: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  old: { minVersion: 'TLSv1', maxVersion: 'TLSv1.2' },
} as const;

/**
 * Answers for every machine of the country that this server has: one listener on 0.0.0.0 takes the whole of 127/8, and the
 * address that was called tells who is to answer. `log` keeps visits in memory until they are fetched.
 */
export async function serveCountry(
  options: CountryOptions,
  server: number,
  { log = false }: { readonly log?: boolean } = {},
): Promise<CountryServer> {
  const ports = portsOf(server);
  const authority = makeAuthority(options.seed);
  const personalities = new Map<string, Personality>();
  const contexts = new Map<string, SecureContext>();
  const random = createRandom(options.seed);
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  let [accepted, requests, open] = [0, 0, 0];
  let visits: Visit[] = [];

  function personality(address: string): Personality {
    let found = personalities.get(address);
    if (found === undefined) {
      found = personalityIn(options, address);
      personalities.set(address, found);
    }
    return found;
  }

  function contextOf(address: string, { certificate, protocols }: Personality): SecureContext {
    let context = contexts.get(address);
    if (context === undefined) {
      const { cert, key } = authority.forMachine(machineName(address), certificate);
      const ciphers = protocols === 'old' ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {};
      context = createSecureContext({ cert, key, ...versions[protocols], ...ciphers });
      if (contexts.size >= contextsKept) contexts.delete(contexts.keys().next().value ?? '');
      contexts.set(address, context);
    }
    return context;
  }

  /** Within a factor of two of the machine's own median. */
  const pause = (delayMs: number) => delayMs * 2 ** (random.between(-100, 100) / 100);

  const http = createHttpServer((request, response) => {
    requests += 1;
    const { localAddress = '' } = request.socket;
    const one = personality(localAddress);
    const secure = request.socket instanceof TLSSocket ? 'this' : { port: ports.tls };
    setTimeout(() => {
      if (!response.destroyed) answer(one, secure, request, response);
    }, pause(one.delayMs));
  });
  http.keepAliveTimeout = 5000;

  function accept(socket: Socket, secure: boolean): void {
    accepted += 1;
    open += 1;
    const { localAddress = '', remoteAddress = '' } = socket;
    const openedAt = Date.now();
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open -= 1;
      if (log) visits.push({ address: localAddress, from: remoteAddress, openedAt, closedAt: Date.now() });
    });
    const one = personality(localAddress);
    if (one.reach === 'silent') {
      socket.resume();
      return;
    }
    if (one.reach === 'resets') {
      socket.resetAndDestroy();
      return;
    }
    if (!secure) {
      socket.resume();
      http.emit('connection', socket);
      return;
    }
    setTimeout(() => {
      if (socket.destroyed) return;
      const tls = new TLSSocket(socket, {
        isServer: true,
        secureContext: contextOf(localAddress, one),
        ALPNProtocols: ['http/1.1'],
      });
      tls.on('error', () => socket.destroy());
      tls.on('_tlsError', () => socket.destroy());
      http.emit('connection', tls);
    }, pause(one.delayMs));
  }

  const listeners = await Promise.all([
    listen(ports.tls, (socket) => {
      accept(socket, true);
    }),
    listen(ports.clear, (socket) => {
      accept(socket, false);
    }),
  ]);
  return {
    served: () => ({ accepted, requests, open, lagMs: lag.max / 1e6 }),
    visits: () => {
      const fetched = visits;
      visits = [];
      return fetched;
    },
    stop: async () => {
      lag.disable();
      await Promise.all(
        listeners.map(
          (one) =>
            new Promise((resolve) => {
              one.close(resolve);
              http.closeAllConnections();
            }),
        ),
      );
    },
  };
}

function listen(port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ pauseOnConnect: true, noDelay: true }, onConnection);
    server.once('error', reject);
    server.listen({ port, host: '0.0.0.0', backlog: 4096 }, () => {
      resolve(server);
    });
  });
}

import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { DeskAway, type Desk } from '../../model/desk.ts';
import { answerCall } from './answer-call.ts';
import { createBucket } from './bucket.ts';
import { createDesks } from './desks.ts';
import {
  calls,
  protocolHeader,
  protocolVersion,
  Refusal,
  refusalStatus,
  type CallName,
  type RefusalCode,
} from './protocol.ts';
import { plainFingerprint, type ZoneAgent, type ZoneSettings } from './zone-settings.ts';

export type GatewayOptions = {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly settings: ZoneSettings;
  /** Our own version, told to agents. */
  readonly version: string;
  /** A desk for one session of an agent; it must hand out and take nothing but that agent's zone. */
  readonly deskOf: (agent: ZoneAgent) => Desk | Promise<Desk>;
  /** Whether anybody works for a zone who comes another way; absent: nobody. */
  readonly workersAt?: (zone: string, but: ZoneAgent) => Promise<boolean>;
  readonly limits?: Partial<GatewayLimits>;
};

export type GatewayLimits = {
  readonly callsPerSecond: number;
  readonly burst: number;
  /** Connections of all agents, and of one. */
  readonly connections: number;
  readonly agentConnections: number;
  /** For the TLS handshake and the head of a request; for a whole request. */
  readonly headMs: number;
  readonly requestMs: number;
};

const defaultLimits: GatewayLimits = {
  callsPerSecond: 100,
  burst: 400,
  connections: 500,
  agentConnections: 16,
  headMs: 10_000,
  requestMs: 120_000,
};

/** What the gateway tells its operator; never what a call carried. */
export type GatewayEvents = {
  /** A certificate that is on no list, or of another authority. */
  readonly refused?: (why: 'handshake' | 'not-listed', from: string, fingerprint: string | undefined) => void;
  readonly call?: (agent: ZoneAgent, call: string, status: number, ms: number) => void;
  readonly failed?: (agent: ZoneAgent, call: string, error: unknown) => void;
};

export type Gateway = {
  readonly port: number;
  /** Agents that are no longer listed lose their connections at once. */
  readonly use: (settings: ZoneSettings) => void;
  readonly close: () => Promise<void>;
};

/**
 * Hands out work to agents of other networks and takes what they saw: HTTPS, TLS 1.3 alone, a certificate of our own authority
 * that is listed by its fingerprint, and each agent at the desk of its own zone. Resolves once it listens.
 */
export async function startGateway(options: GatewayOptions, events: GatewayEvents = {}): Promise<Gateway> {
  const limits = { ...defaultLimits, ...options.limits };
  let { settings } = options;
  const desks = createDesks(options.deskOf);
  const buckets = new Map<string, ReturnType<typeof createBucket>>();
  const sockets = new Map<Socket, ZoneAgent>();
  const server = createServer({
    ...secretsOf(settings),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    handshakeTimeout: limits.headMs,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: Math.min(5000, limits.headMs),
    maxHeaderSize: 8192,
  });
  server.maxConnections = limits.connections;

  const agentOf = (socket: TLSSocket): ZoneAgent | undefined =>
    settings.agents.get(plainFingerprint(fingerprintOf(socket) ?? ''));

  /** As the settings are now. */
  const listed = (agent: ZoneAgent | undefined): ZoneAgent | undefined =>
    agent === undefined ? undefined : settings.agents.get(agent.fingerprint);

  server.on('tlsClientError', (_error, socket) => {
    events.refused?.('handshake', socket.remoteAddress ?? '', undefined);
  });
  server.on('secureConnection', (socket) => {
    const agent = socket.authorized ? agentOf(socket) : undefined;
    const own = [...sockets.values()].filter(({ fingerprint }) => fingerprint === agent?.fingerprint).length;
    if (agent === undefined || own >= limits.agentConnections) {
      if (agent === undefined) events.refused?.('not-listed', socket.remoteAddress ?? '', fingerprintOf(socket));
      socket.destroy();
      return;
    }
    sockets.set(socket, agent);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const agent = listed(sockets.get(request.socket));
    if (agent === undefined) {
      request.socket.destroy();
      return;
    }
    const name = (request.url ?? '').split('/').at(-1)?.slice(0, 40) ?? '';
    let status = 200;
    try {
      const answer = await carryOut(agent, request);
      send(response, 200, answer);
    } catch (error) {
      const code = codeOf(error);
      status = refusalStatus[code];
      if (code === 'bug') events.failed?.(agent, name, error);
      // Only what we refuse by ourselves is explained: an error of the store may name other zones.
      const detail = error instanceof Refusal ? error.message : code;
      // A body that was not read is not waited for.
      if (!request.complete) response.setHeader('Connection', 'close');
      send(response, status, {
        error: code,
        detail: detail.slice(0, 500),
        ...(code === 'protocol' ? { version: options.version, protocol: protocolVersion } : {}),
      });
    }
    events.call?.(agent, name, status, performance.now() - startedAt);
  }

  async function othersAt({ zone, fingerprint, ...rest }: ZoneAgent): Promise<boolean> {
    const listedToo = [...settings.agents.values()].some((one) => one.zone === zone && one.fingerprint !== fingerprint);
    return listedToo || ((await options.workersAt?.(zone, { zone, fingerprint, ...rest })) ?? false);
  }

  async function carryOut(agent: ZoneAgent, request: IncomingMessage): Promise<object> {
    const bucket = buckets.get(agent.fingerprint) ?? createBucket(limits.callsPerSecond, limits.burst);
    buckets.set(agent.fingerprint, bucket);
    if (!bucket()) throw new Refusal('rate', 'too many calls; ask again later');
    const [, version, zones, zone, name = '', ...rest] = (request.url ?? '').split('/');
    if (version !== 'v1' || zones !== 'zones' || rest.length > 0 || !Object.hasOwn(calls, name))
      throw new Refusal('unknown', 'no such call');
    if (request.headers[protocolHeader] !== String(protocolVersion))
      throw new Refusal('protocol', `the centre speaks protocol ${protocolVersion} (${options.version})`);
    if (request.method !== 'POST') throw new Refusal('shape', 'POST alone');
    if (zone !== agent.zone && !(zone === '-' && name === 'whoami'))
      throw new Refusal('zone', 'this certificate works for another zone');
    const call = name as CallName;
    const body = await bodyOf(request, calls[call].askBytes);
    return answerCall(call, body, { agent, desks, version: options.version, others: () => othersAt(agent) });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    use: (next) => {
      settings = next;
      server.setSecureContext(secretsOf(next));
      for (const [socket, before] of sockets) {
        const agent = listed(before);
        if (agent?.zone === before.zone) sockets.set(socket, agent);
        else socket.destroy();
      }
    },
    close: async () => {
      await closeServer(server, sockets.keys());
      await desks.close();
    },
  };
}

/** Undefined of a connection that is closed already. */
const fingerprintOf = (socket: TLSSocket): string | undefined =>
  (socket.getPeerCertificate() as Partial<PeerCertificate> | null)?.fingerprint256;

const secretsOf = ({ certificate, key, ca }: ZoneSettings) => ({
  cert: certificate,
  key,
  ca,
  minVersion: 'TLSv1.3' as const,
  maxVersion: 'TLSv1.3' as const,
});

function codeOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code;
  return error instanceof DeskAway ? 'away' : 'bug';
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    [protocolHeader]: String(protocolVersion),
  });
  response.end(text);
}

/** The body of a request as JSON, at most so many bytes of it. */
async function bodyOf(request: IncomingMessage, most: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new Refusal('too-large', `at most ${most} bytes`);
  if (request.headers['content-encoding'] !== undefined) throw new Refusal('shape', 'no content encoding');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) throw new Refusal('too-large', `at most ${most} bytes`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new Refusal('shape', 'no JSON');
  }
}

async function closeServer(server: Server, sockets: Iterable<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, 2000);
  await closed;
  clearTimeout(timer);
}

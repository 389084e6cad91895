import { connect as tcpConnect, type Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import type { Limits, Permission, Permit } from '../../model/permission.ts';
import type { ScanCost } from '../../model/run.ts';
import { classify } from '../classify.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { onAbort } from './on-abort.ts';
import { askDatagram } from './udp.ts';
import type { ConnectOptions, Lease, Used, Wire } from './wire.ts';

const handshakeMs = 5000;
/** A handshake that takes longer than this is taken for a host under strain. */
const slowMs = 2000;

export type WireOptions = {
  readonly zone: string;
  readonly userAgent: string;
  readonly permit: Permit;
  readonly now?: () => Iso;
};

type AddressState = {
  readonly limiter: Limiter;
  /** Ports that have answered before: silence there means strain, silence elsewhere may be a firewall. */
  readonly answered: Set<number>;
  connections: number;
  datagrams: number;
  refusedByGuard: number;
  bytesSent: number;
  bytesReceived: number;
};

/** The guarded, limited and counted way out. `costs` tells what each address has received so far. */
export function createWire(options: WireOptions): Wire & { readonly costs: () => readonly ScanCost[] } {
  const now = options.now ?? (() => new Date().toISOString());
  const addresses = new Map<string, AddressState>();

  const permits = (address: string, port: number, name?: string): Permission =>
    options.permit({ address, port, zone: options.zone, at: now(), ...(name === undefined ? {} : { name }) });

  function stateOf(address: string, limits: Limits): AddressState {
    let state = addresses.get(address);
    if (state === undefined) {
      state = {
        limiter: createLimiter(limits),
        answered: new Set(),
        connections: 0,
        datagrams: 0,
        refusedByGuard: 0,
        bytesSent: 0,
        bytesReceived: 0,
      };
      addresses.set(address, state);
    }
    return state;
  }

  function refuse(address: string, port: number, reason: string): FailureError {
    stateOf(address, { connections: 1, perSecond: 1 }).refusedByGuard += 1;
    return new FailureError('not-permitted', `${address} port ${port}: ${reason}`);
  }

  /** Waits for a turn at the address; the caller gives it back. */
  async function turnAt(address: string, port: number, name?: string, signal?: AbortSignal): Promise<AddressState> {
    const first = permits(address, port, name);
    if (!first.allowed) throw refuse(address, port, first.reason);
    const state = stateOf(address, first.limits);
    await state.limiter.enter(signal);
    // Asked again: the window may have closed, or a blackout begun, while this connection waited for its turn.
    const permission = permits(address, port, name);
    if (!permission.allowed) {
      state.limiter.leave();
      throw refuse(address, port, permission.reason);
    }
    return state;
  }

  async function connect(address: string, port: number, connectOptions: ConnectOptions = {}): Promise<Socket> {
    const state = await turnAt(address, port, connectOptions.name, connectOptions.signal);
    return open(state, address, port, connectOptions);
  }

  const datagram: Wire['datagram'] = async (address, port, payload, datagramOptions = {}) => {
    const { name, ...rest } = datagramOptions;
    const state = await turnAt(address, port, name, rest.signal);
    state.datagrams += 1;
    try {
      return await askDatagram(address, port, payload, rest, {
        sent: (bytes) => {
          state.bytesSent += bytes;
        },
        received: (bytes) => {
          state.bytesReceived += bytes;
        },
      });
    } finally {
      state.limiter.leave();
    }
  };

  async function lease<T>(
    address: string,
    ports: readonly number[],
    leaseOptions: { readonly name?: string; readonly signal?: AbortSignal },
    use: (lease: Lease) => Promise<Used<T>>,
  ): Promise<T> {
    const { allowed, refused, limits, reason } = sortPorts(address, ports, leaseOptions.name);
    if (limits === undefined) throw refuse(address, ports[0] ?? 0, reason);
    const state = stateOf(address, limits);
    state.refusedByGuard += refused.length;
    await state.limiter.enterAll(leaseOptions.signal);
    try {
      const { result, connections, datagrams = 0 } = await use({ ports: allowed, refused, limits });
      state.connections += connections;
      state.datagrams += datagrams;
      state.limiter.countOthers(connections + datagrams, limits.perSecond);
      return result;
    } finally {
      state.limiter.leaveAll();
    }
  }

  function sortPorts(address: string, ports: readonly number[], name: string | undefined) {
    const allowed: number[] = [];
    const refused: number[] = [];
    let limits: Limits | undefined;
    let reason = 'no port asked';
    for (const port of ports) {
      const permission = permits(address, port, name);
      if (permission.allowed) {
        allowed.push(port);
        limits ??= permission.limits;
      } else {
        refused.push(port);
        reason = permission.reason;
      }
    }
    return { allowed, refused, limits, reason };
  }

  const costs = () =>
    [...addresses].map(([address, state]) => ({
      address,
      connections: state.connections,
      datagrams: state.datagrams,
      refusedByGuard: state.refusedByGuard,
      bytesSent: state.bytesSent,
      bytesReceived: state.bytesReceived,
      peakPerSecond: state.limiter.peakPerSecond(),
    }));

  return { zone: options.zone, userAgent: options.userAgent, now, permits, connect, datagram, lease, costs };
}

/** Opens one socket; the slot at the limiter is given back when it closes, whoever closes it. */
function open(state: AddressState, address: string, port: number, options: ConnectOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const socket = tcpConnect({ host: address, port, noDelay: true, autoSelectFamily: false });
    state.connections += 1;
    let settled = false;

    const fail = (error: Error) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const stop = () => {
      fail(asError(options.signal?.reason));
    };
    const release = onAbort(options.signal, stop);
    const timer = setTimeout(() => {
      if (state.answered.has(port)) state.limiter.struggling();
      fail(new FailureError('timeout', `${address} port ${port}: no TCP handshake`));
    }, options.timeoutMs ?? handshakeMs);

    socket.once('connect', () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      release();
      state.answered.add(port);
      if (performance.now() - startedAt > slowMs) state.limiter.struggling();
      else state.limiter.well();
      resolve(socket);
    });
    socket.on('error', (error) => {
      fail(asFailure(error, address, port));
    });
    socket.once('close', () => {
      state.bytesSent += socket.bytesWritten;
      state.bytesReceived += socket.bytesRead;
      release();
      state.limiter.leave();
    });
    if (options.signal?.aborted === true) stop();
  });
}

function asFailure(error: Error, address: string, port: number): FailureError {
  return new FailureError(classify(error).code, `${address} port ${port}: ${error.message}`);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new FailureError('not-run', 'stopped');
}

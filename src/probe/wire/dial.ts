import { connect as tcpConnect, type Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import type { Limits, Permission, Permit } from '../../model/permission.ts';
import type { ScanCost } from '../../model/run.ts';
import { classify } from '../classify.ts';
import type { HoldUse, WireHolds } from './hold-keeper.ts';
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
  /** Whose turn it is at an address over all workers; absent: this wire is alone. */
  readonly holds?: WireHolds;
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

  /** Waits until the address is ours and `enter` lets us in, and goes through both again where it was lost meanwhile. */
  async function ownTurn(
    address: string,
    enter: () => Promise<void>,
    leave: () => void,
    signal?: AbortSignal,
  ): Promise<HoldUse | undefined> {
    if (options.holds === undefined) {
      await enter();
      return undefined;
    }
    for (;;) {
      const hold = await options.holds.enter(address, signal);
      try {
        await enter();
      } catch (error) {
        hold.leave();
        throw error;
      }
      if (hold.isValid()) return hold;
      leave();
      hold.leave();
    }
  }

  /** Waits for a turn at the address; the caller gives it back. */
  async function turnAt(address: string, port: number, name?: string, signal?: AbortSignal): Promise<Turn> {
    const first = permits(address, port, name);
    if (!first.allowed) throw refuse(address, port, first.reason);
    const state = stateOf(address, first.limits);
    const { limiter } = state;
    const hold = await ownTurn(address, () => limiter.enter(signal), limiter.leave, signal);
    const leave = () => {
      limiter.leave();
      hold?.leave();
    };
    // Asked again: the window may have closed, or a blackout begun, while this connection waited for its turn.
    const permission = permits(address, port, name);
    if (!permission.allowed) {
      leave();
      throw refuse(address, port, permission.reason);
    }
    return { state, leave, ...(hold === undefined ? {} : { lost: hold.lost }) };
  }

  async function connect(address: string, port: number, connectOptions: ConnectOptions = {}): Promise<Socket> {
    const turn = await turnAt(address, port, connectOptions.name, connectOptions.signal);
    return open(turn, address, port, connectOptions);
  }

  const datagram: Wire['datagram'] = async (address, port, payload, datagramOptions = {}) => {
    const { name, ...rest } = datagramOptions;
    const { state, leave, lost } = await turnAt(address, port, name, rest.signal);
    const signal = eitherOf(rest.signal, lost);
    state.datagrams += 1;
    try {
      return await askDatagram(address, port, payload, signal === undefined ? rest : { ...rest, signal }, {
        sent: (bytes) => {
          state.bytesSent += bytes;
        },
        received: (bytes) => {
          state.bytesReceived += bytes;
        },
      });
    } finally {
      leave();
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
    const { limiter } = state;
    const given = leaseOptions.signal;
    const hold = await ownTurn(address, () => limiter.enterAll(given), limiter.leaveAll, given);
    const signal = eitherOf(given, hold?.lost) ?? new AbortController().signal;
    try {
      const { result, connections, datagrams = 0 } = await use({ ports: allowed, refused, limits, signal });
      state.connections += connections;
      state.datagrams += datagrams;
      limiter.countOthers(connections + datagrams, limits.perSecond);
      return result;
    } finally {
      limiter.leaveAll();
      hold?.leave();
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

/** A turn at an address; `lost` aborts where the address went to another worker. */
type Turn = { readonly state: AddressState; readonly leave: () => void; readonly lost?: AbortSignal };

function eitherOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

/** Opens one socket; the turn is given back when it closes, whoever closes it. */
function open({ state, leave, lost }: Turn, address: string, port: number, options: ConnectOptions): Promise<Socket> {
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
    // Unlike a stop, this closes what is connected too.
    const unhold = onAbort(lost, () => {
      socket.destroy(asError(lost?.reason));
    });
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
      unhold();
      leave();
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

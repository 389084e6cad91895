import type { Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import type { Limits, Permission, Permit } from '../../model/permission.ts';
import type { ScanCost } from '../../model/run.ts';
import type { HoldUse, WireHolds } from './hold-keeper.ts';
import { createLimiter } from './limiter.ts';
import { eitherOf, openSocket, type AddressState, type Turn } from './open-socket.ts';
import { askDatagram } from './udp.ts';
import type { ConnectOptions, Lease, Used, Wire } from './wire.ts';

export type WireOptions = {
  readonly zone: string;
  readonly userAgent: string;
  readonly permit: Permit;
  readonly now?: () => Iso;
  /** Whose turn it is at an address over all workers; absent: this wire is alone. */
  readonly holds?: WireHolds;
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
    return openSocket(turn, address, port, connectOptions);
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

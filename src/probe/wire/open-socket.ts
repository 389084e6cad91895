import { connect as tcpConnect, type Socket } from 'node:net';
import { FailureError } from '../../model/failure.ts';
import { classify } from '../classify.ts';
import type { Limiter } from './limiter.ts';
import { onAbort } from './on-abort.ts';
import type { ConnectOptions } from './wire.ts';
import { waitAtMost } from './wait-at-most.ts';

const handshakeMs = 5000;
/** A handshake that takes longer than this is taken for a host under strain. */
const slowMs = 2000;

/** What is known of one address, and what it received. */
export type AddressState = {
  readonly limiter: Limiter;
  /** Ports that have answered before: silence there means strain, silence elsewhere may be a firewall. */
  readonly answered: Set<number>;
  connections: number;
  datagrams: number;
  refusedByGuard: number;
  bytesSent: number;
  bytesReceived: number;
};

/** A turn at an address; `lost` aborts where the address went to another worker. */
export type Turn = { readonly state: AddressState; readonly leave: () => void; readonly lost?: AbortSignal };

/** Aborts with the first of two. */
export function eitherOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

/** Opens one socket; the turn is given back when it closes, whoever closes it. */
export function openSocket(
  { state, leave, lost }: Turn,
  address: string,
  port: number,
  options: ConnectOptions,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const socket = tcpConnect({ host: address, port, noDelay: true, autoSelectFamily: false });
    // Node begins a turn later: what is stopped before that sends nothing.
    socket.once('connectionAttempt', () => {
      state.connections += 1;
    });
    let settled = false;

    const fail = (error: Error) => {
      if (settled) return;
      settled = true;
      stopWaiting();
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
    const stopWaiting = waitAtMost(options.timeoutMs ?? handshakeMs, () => {
      if (state.answered.has(port)) state.limiter.struggling();
      fail(new FailureError('timeout', `${address} port ${port}: no TCP handshake`));
    });

    socket.once('connect', () => {
      if (settled) return;
      settled = true;
      stopWaiting();
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

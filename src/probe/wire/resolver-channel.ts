import { connect as tcpConnect, type Socket } from 'node:net';
import type { ResolverAddress } from '../../model/resolver.ts';
import type { ResolverCost } from '../../model/run.ts';
import { FailureError } from '../../model/failure.ts';
import { classify } from '../classify.ts';
import { askDatagram, type DatagramOptions } from './udp.ts';
import { waitAtMost } from './wait-at-most.ts';

/** The way to one resolver of ours: no target, so no authorisation is asked, and it is counted apart. */
export type ResolverChannel = {
  readonly server: ResolverAddress;
  readonly datagram: (payload: Buffer, options?: DatagramOptions) => Promise<Buffer>;
  readonly connect: (options?: { readonly signal?: AbortSignal }) => Promise<Socket>;
  readonly cost: () => ResolverCost;
};

const handshakeMs = 3000;

/** Opens nothing until it is asked. */
export function createResolverChannel(server: ResolverAddress): ResolverChannel {
  const { address, port } = server;
  let [queries, bytesSent, bytesReceived] = [0, 0, 0];
  const traffic = {
    sent: (bytes: number) => {
      bytesSent += bytes;
    },
    received: (bytes: number) => {
      bytesReceived += bytes;
    },
  };
  return {
    server,
    datagram: (payload, options = {}) => {
      queries += 1;
      return askDatagram(address, port, payload, options, traffic);
    },
    connect: ({ signal } = {}) => {
      queries += 1;
      return new Promise((resolve, reject) => {
        const socket = tcpConnect({
          host: address,
          port,
          noDelay: true,
          autoSelectFamily: false,
          ...(signal && { signal }),
        });
        const stopWaiting = waitAtMost(handshakeMs, () => {
          socket.destroy(new FailureError('timeout', `${address} port ${port}: no TCP handshake`));
        });
        socket.once('connect', () => {
          stopWaiting();
          resolve(socket);
        });
        socket.on('error', (error) => {
          stopWaiting();
          reject(error instanceof FailureError ? error : new FailureError(classify(error).code, error.message));
        });
        socket.once('close', () => {
          bytesSent += socket.bytesWritten;
          bytesReceived += socket.bytesRead;
        });
      });
    },
    cost: () => ({ server: `${address} port ${port}`, queries, bytesSent, bytesReceived }),
  };
}

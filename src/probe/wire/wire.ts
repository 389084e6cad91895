import type { Socket } from 'node:net';
import type { Iso } from '../../model/observation.ts';
import type { Limits, Permission } from '../../model/permission.ts';
import type { DatagramOptions } from './udp.ts';

export type ConnectOptions = {
  /** Name that led to this address, for authorisations given by domain. */
  readonly name?: string;
  readonly signal?: AbortSignal;
  /** Time for the TCP handshake alone, after a slot was had; default 5,000 ms. */
  readonly timeoutMs?: number;
};

/** What an outside program that opens sockets itself may do while it holds an address. */
export type Lease = {
  readonly ports: readonly number[];
  readonly refused: readonly number[];
  readonly limits: Limits;
  /** Aborted with the caller's, and when the address was lost to another worker: the program is ended then. */
  readonly signal: AbortSignal;
};

/** What came of a lease, and what it cost the address. */
export type Used<T> = { readonly result: T; readonly connections: number; readonly datagrams?: number };

/**
 * The only way out of the process toward a target. Every connection is checked against the authorisations at the moment
 * it is opened, waits for its turn at that address, and is counted.
 */
export type Wire = {
  readonly zone: string;
  /** `RaSoat/0.1 (+contact; run id)`. */
  readonly userAgent: string;
  readonly now: () => Iso;
  /** Asks without dialling; for redirects and lists of ports. */
  readonly permits: (address: string, port: number, name?: string) => Permission;
  /**
   * Opens a TCP connection to a literal address. The slot is freed when the socket closes, so close it.
   * Throws FailureError: `not-permitted` (nothing was sent), `refused`, `unreachable`, `timeout`.
   */
  readonly connect: (address: string, port: number, options?: ConnectOptions) => Promise<Socket>;
  /**
   * Sends one UDP datagram to a literal address and waits for its answer. Throws FailureError: `not-permitted` (nothing
   * was sent), `timeout`, `refused`, `unreachable`.
   */
  readonly datagram: (
    address: string,
    port: number,
    payload: Buffer,
    options?: DatagramOptions & { readonly name?: string },
  ) => Promise<Buffer>;
  /**
   * Holds the whole address for an outside program. `use` gets the ports that are permitted and returns how many
   * connections it made and datagrams it sent. Throws FailureError `not-permitted` when no port is.
   */
  readonly lease: <T>(
    address: string,
    ports: readonly number[],
    options: { readonly name?: string; readonly signal?: AbortSignal },
    use: (lease: Lease) => Promise<Used<T>>,
  ) => Promise<T>;
};

/** One way of observing a target. Throws FailureError for what the target did; anything else thrown is our bug. */
export type Probe<Facts> = {
  /** Name and version, `tls/1`; a change of what the facts mean raises the version. */
  readonly id: string;
  readonly observe: (request: ProbeRequest) => Promise<Facts>;
};

export type ProbeRequest = {
  readonly target: import('../../model/target.ts').Target;
  readonly wire: Wire;
  /** Aborted at the target's deadline or when the run is stopped; a probe then throws or returns what it has learned. */
  readonly signal: AbortSignal;
};

import type { Iso } from './observation.ts';
import type { PortList } from './port-list.ts';

/** One pass over an inventory from one zone, or a second look at some findings of it. */
export type Run = {
  readonly id: string;
  /**
   * Absent: a scan of everything planned. A partial run looked at everything of some systems (or at what a closed window had left of
   * them), a verification at some findings alone; neither tells anything of the rest.
   */
  readonly kind?: 'partial' | 'verification';
  readonly tool: string;
  readonly zone: string;
  readonly startedAt: Iso;
  readonly endedAt?: Iso;
  readonly inventoryHash: string;
  readonly checksHash: string;
  readonly frameworksHash: string;
  /** The TCP ports asked of every host; absent of a run older than the lists, which asked the curated ones. */
  readonly portList?: PortList;
  readonly state: 'running' | 'finished' | 'interrupted';
  /** Absent: its raw observations are all here. */
  readonly pruned?: Pruned;
};

/**
 * Raw observations of a run were removed, by the rule that so many months of them are kept. What was concluded from them stays;
 * nothing may be concluded from what is left.
 */
export type Pruned = { readonly at: Iso; readonly months: number };

/** What one address received from us during a run. */
export type ScanCost = {
  readonly address: string;
  /** TCP connections attempted, nmap's included. */
  readonly connections: number;
  /** UDP datagrams sent. */
  readonly datagrams: number;
  readonly refusedByGuard: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Most new connections within one second. */
  readonly peakPerSecond: number;
};

/** What one resolver of ours was asked during a run; it is no target, so it is counted apart. */
export type ResolverCost = {
  /** `192.0.2.53 port 53`. */
  readonly server: string;
  /** Queries over UDP and TCP. */
  readonly queries: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
};

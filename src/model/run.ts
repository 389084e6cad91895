import type { Iso } from './observation.ts';

/** One pass over an inventory from one zone. */
export type Run = {
  readonly id: string;
  readonly tool: string;
  readonly zone: string;
  readonly startedAt: Iso;
  readonly endedAt?: Iso;
  readonly inventoryHash: string;
  readonly checksHash: string;
  readonly frameworksHash: string;
  readonly state: 'running' | 'finished' | 'interrupted';
};

/** What one address received from us during a run. */
export type ScanCost = {
  readonly address: string;
  /** TCP connections attempted, nmap's included. */
  readonly connections: number;
  readonly refusedByGuard: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Most new connections within one second. */
  readonly peakPerSecond: number;
};

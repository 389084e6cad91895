import type { Iso } from './observation.ts';

/** One connection about to be opened. */
export type Dial = {
  /** Literal address that the packet would go to. */
  readonly address: string;
  readonly port: number;
  /** Name that led to the address, if any. */
  readonly name?: string;
  readonly zone: string;
  readonly at: Iso;
};

/** How hard one address may be asked. */
export type Limits = { readonly connections: number; readonly perSecond: number };

/** Whether a connection may be opened now, under which document, or why not. */
export type Permission =
  | { readonly allowed: true; readonly authorisation: string; readonly limits: Limits }
  | { readonly allowed: false; readonly reason: string };

/** Decides one dial. Pure: the clock comes in with the dial. */
export type Permit = (dial: Dial) => Permission;

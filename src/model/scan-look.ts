import type { Iso } from './observation.ts';

/** What one finished run of this tool saw of one system. */
export type ScanLook = {
  readonly run: string;
  readonly system: string;
  /** Latest observation. */
  readonly at: Iso;
  /** Targets of which something was seen, of those planned. */
  readonly seen: number;
  readonly needed: number;
};

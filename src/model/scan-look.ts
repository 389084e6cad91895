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

/** What one run saw of one system that it planned to look at. */
export type RunLook = {
  readonly system: string;
  /** Latest observation that succeeded; null where there is none. */
  readonly at: Iso | null;
  readonly seen: number;
  readonly needed: number;
  /** Targets of which something was refused by the scope, or that the run's time did not reach. */
  readonly cut: number;
};

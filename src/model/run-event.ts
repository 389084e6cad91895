import type { Iso } from './observation.ts';

/** What a run may live through beside looking; closed: a new kind is a new sentence, `run-event.<kind>`. */
export const runEventKinds = [
  'interrupted',
  'taken-up',
  'carried-in',
  'clock-ahead',
  'clock-behind',
  'stopped',
  'window-closed',
  'worker-lost',
  'lane-again',
  'lane-given-up',
  'deadline-passed',
  'late-refused',
  'clock-off',
  'store-away',
  'dispatch-mended',
  'closed-by',
  'control-misread',
  'control-unread',
] as const;
export type RunEventKind = (typeof runEventKinds)[number];

/** One thing that happened to a run. `detail` fills the sentence; texts of others in it are capped and escaped where shown. */
export type RunEvent = {
  readonly at: Iso;
  readonly kind: RunEventKind;
  readonly detail: Readonly<Record<string, string | number>>;
};

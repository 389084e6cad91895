/** What became of one port; `unclear` is a fault of our own machine or an error that says nothing of the target. */
export const sweepAnswers = ['no-answer', 'open', 'closed', 'unreachable', 'unclear'] as const;
export type SweepAnswer = (typeof sweepAnswers)[number];

/** Ports of one address to be dialled, each of which the guard permits. */
export type SweepJob = {
  readonly id: number;
  readonly address: string;
  readonly ports: Uint16Array;
  /** Connections under way at a time, and new ones a second. */
  readonly atOnce: number;
  readonly perSecond: number;
  /** A port without an answer is waited for this long; less, but not under `shortestMs`, once others have answered. */
  readonly timeoutMs: number;
  readonly shortestMs: number;
  /** The slowest answer that this address gave before. */
  readonly slowestMs?: number;
};

/** Ends a job: its sockets are closed, and what it found is sent as it stands. */
export type SweepStop = { readonly id: number; readonly stop: true };

/** Indices into `sweepAnswers`, port by port; the slowest answer, absent when there was none. */
export type SweepReply = {
  readonly id: number;
  readonly states: Uint8Array<ArrayBuffer>;
  /** Connections begun: fewer than ports where the job was stopped. */
  readonly dialled: number;
  readonly slowestMs?: number;
};

import type { Check } from '../model/check.ts';
import type { Inventory, System } from '../model/inventory.ts';
import type { Organisation } from '../model/inventory/organisation.ts';
import type { Told, ToldItem } from '../model/notice.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { TrackState } from '../model/track/state.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Ladder } from './ladder.ts';
import type { News } from './news.ts';

/** All that digests of one day are made of. */
export type DigestInput = {
  readonly day: string;
  readonly inventory: Inventory;
  /** As they stand on the day; of what may not be looked at there is none. */
  readonly findings: readonly TrackedFinding[];
  readonly checks: ReadonlyMap<string, Pick<Check, 'title' | 'change' | 'fix'>>;
  readonly history: ReadonlyMap<string, readonly HistoryRecord[]>;
  /** Number of the last record of history. */
  readonly upto: number;
  /** States that ask somebody to do something. */
  readonly work: ReadonlySet<TrackState>;
  readonly ladder: Ladder;
  readonly lapsing: readonly number[];
  /** Days after a letter in which nothing is only said again. */
  readonly pause: number;
  readonly police?: string;
};

/** What an organisation knows by one channel. */
export type Past = {
  readonly letter?: { readonly day: string; readonly upto: number };
  readonly told: readonly Told[];
};

/** Who operates a system mends it and is told all; who only owns it watches: what stands where, not by which machine. */
export type Role = 'operate' | 'own';

export const sections = ['fixed', 'news', 'overdue', 'soon', 'reminder', 'lapsing'] as const;
export type Section = (typeof sections)[number];

export type DigestItem = {
  readonly section: Section;
  readonly finding: TrackedFinding;
  readonly system: System;
  readonly role: Role;
  readonly news?: News;
};

/** Another organisation that has been late for long, by its name and figures alone. */
export type Subordinate = { readonly organisation: Organisation; readonly late: number; readonly mostDays: number };

export type DigestCounts = {
  readonly fixed: number;
  readonly new: number;
  /** Reopened, claims refuted, waivers that ended, back again. */
  readonly back: number;
  /** Everything that is late now, told before or not; so the other three. */
  readonly overdue: number;
  readonly soon: number;
  readonly lapsing: number;
  readonly toMend: number;
  /** Organisations that are late for long. */
  readonly subordinates: number;
};

export type Digest = {
  readonly organisation: Organisation;
  readonly day: string;
  readonly items: readonly DigestItem[];
  readonly subordinates: readonly Subordinate[];
  readonly counts: DigestCounts;
  readonly told: readonly ToldItem[];
  readonly upto: number;
  /** Gravest of those told for the first time, which may go outside working hours. */
  readonly firstOf: ReadonlySet<string>;
  /** Something is late for so long that the head is told too. */
  readonly toHead: boolean;
};

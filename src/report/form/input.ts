import type { Inventory, System } from '../../model/inventory.ts';
import type { Level } from '../../model/inventory/level-words.ts';
import type { LevelDefect } from '../../model/level.ts';
import type { ReportData } from '../../model/report-data.ts';
import type { Previous } from './results.ts';

/** A task that asks for approval of levels before a day. */
export type LevelDeadline = {
  readonly before: string;
  readonly instrument: string;
  readonly criticalOnly: boolean;
};

/** What a form is filled from. */
export type FormInput = {
  readonly inventory: Inventory;
  /** For whom; absent: the one provincial People's Committee of the inventory. */
  readonly organisation?: string;
  /** Day of the report, `YYYY-MM-DD`. */
  readonly on: string;
  /** The stored run, where there is one. */
  readonly report?: ReportData;
  /** The last run that ended before the period of a periodic report, or the one before. */
  readonly previous?: Previous;
  readonly levelDeadlines: readonly LevelDeadline[];
  /** The least level that the system's own facts ask for. */
  readonly leastLevel: (system: System) => { readonly level: Level; readonly clause: string } | undefined;
  /** Inconsistencies of a system's dossier, as `rasoat level audit` tells them. */
  readonly audit?: (system: System) => readonly LevelDefect[];
};

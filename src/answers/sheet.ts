import type { Lang, Message } from '../model/text.ts';
import type { TableCell } from '../workbook/table.ts';
import type { AnswerColumn, Column, ShownColumn } from './columns.ts';

/** The form of the files; another number is another form. */
export const sheetFormat = 'rasoat-answers/1';

/** A sentence of the catalogue, which this room does not know. */
export type Say = (lang: Lang, key: string, params?: Message['params']) => string;

/** Which sheet a file is. */
export type Identity = {
  readonly sheet: string;
  readonly organisation: string;
  readonly run: string;
  /** Where the history stood, `number:hash`. */
  readonly head: string;
  readonly at: string;
};

/** What a row shows, as text; a day as `YYYY-MM-DD`, empty where there is none. */
export type Shown = Readonly<Record<ShownColumn, string>>;

/** One row to be written. */
export type SheetRow = {
  readonly shown: Shown;
  readonly code: string;
  /** For information: no answer is asked. */
  readonly closed: boolean;
  /** Days between which a fix can be dated and up to which a waiver can be asked for: first seen; days from the day of asking. */
  readonly since: string;
  readonly mostDays: number;
};

/** A sheet to be written. */
export type Sheet = {
  readonly identity: Identity;
  readonly organisationName: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly lang: Lang;
  readonly rows: readonly SheetRow[];
};

/** One row that was read, nothing of it believed. */
export type ReadRow = {
  readonly shown: Shown;
  readonly code: string;
  readonly cells: Readonly<Partial<Record<AnswerColumn, TableCell>>>;
  /** What is wrong with its form. */
  readonly fault?: { readonly message: Message; readonly place: string };
  /** `sheet!cell` or `file:line` of a column; of the row without one. */
  readonly place: (column?: Column) => string;
};

export type ReadSheet = { readonly identity: Identity; readonly rows: readonly ReadRow[] };

import type { Iso } from '../observation.ts';
import type { ChainHead } from './history.ts';

/** One row of a sheet as it was sent. */
export type AnswerSheetRow = {
  readonly finding: string;
  /** Hash over what the row showed (src/answers/digest.ts). */
  readonly code: string;
  /** Hash over what the finding was. */
  readonly version: string;
  /** Shown for information: not to be answered. */
  readonly closed: boolean;
};

/** A sheet that was sent to an organisation to be answered, as the store keeps it; the file says the same and is not trusted. */
export type AnswerSheet = {
  /** Sixteen hexadecimal digits. */
  readonly id: string;
  readonly organisation: string;
  /** The newest finished run when it was made. */
  readonly run: string;
  readonly at: Iso;
  /** Where the history stood. */
  readonly head: ChainHead;
  readonly rows: readonly AnswerSheetRow[];
};

import type { Severity } from '../check.ts';
import type { sixClear } from '../inventory/six-clear.ts';
import type { Text } from '../text.ts';
import type { Due } from './due.ts';

export type Clear = (typeof sixClear)[number];

/** One change that mends one or more findings of a system, with the six "rõ". */
export type Task = {
  readonly system: string;
  /** What the checks call their common change, `tls-protocols`. */
  readonly change: string;
  readonly findings: readonly string[];
  readonly severity: Severity;
  /** `null`: nobody has said; a defect of the task. */
  readonly clear: Readonly<Record<Clear, string | Text | null>>;
  readonly blank: readonly Clear[];
  readonly due?: Due;
  readonly daysOpen: number;
  /** Days past the due day; 0 on it and before. */
  readonly daysLate: number;
};

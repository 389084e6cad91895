import { calmScan, fillDisk, killAndResume } from './in-process.ts';
import type { Stage } from './stage.ts';
import type { Struck } from './trial.ts';

/** One way to strike a run. */
export type Fault = {
  readonly name: string;
  /** Which undisturbed run it is held against. */
  readonly engine: Engine;
  readonly strike: (stage: Stage, random: () => number, targets: number) => Promise<Struck>;
};

export type Engine = 'one process, SQLite';

/** An undisturbed run of each engine; gives its folder. */
export const calmRuns: Readonly<Record<Engine, (stage: Stage) => Promise<string>>> = {
  'one process, SQLite': calmScan,
};

export const faults: readonly Fault[] = [
  { name: 'kill -9 the scan, three times', engine: 'one process, SQLite', strike: killAndResume },
  { name: 'fill the disk', engine: 'one process, SQLite', strike: fillDisk },
];

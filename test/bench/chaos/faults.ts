import type { Base } from './fleet.ts';
import {
  calmFleet,
  cutNetwork,
  fillDatabaseDisk,
  killDatabase,
  killStarter,
  killWorkers,
  skewClock,
  stopWorker,
  type FleetStrike,
} from './fleet-faults.ts';
import { calmScan, fillDisk, killAndResume } from './in-process.ts';
import type { Stage } from './stage.ts';
import type { Struck } from './trial.ts';

export type Engine = 'one process, SQLite' | '3 workers, PostgreSQL';

/** One way to strike a run. */
export type Fault = {
  readonly name: string;
  /** Which undisturbed run it is held against. */
  readonly engine: Engine;
  readonly strike: (scene: Scene, random: () => number, targets: number) => Promise<Struck>;
};

/** Where runs are made; the database is started when it is first wanted. */
export type Scene = { readonly stage: Stage; readonly base: () => Promise<Base> };

/** An undisturbed run of each engine; gives its folder. */
export const calmRuns: Readonly<Record<Engine, (scene: Scene) => Promise<string>>> = {
  'one process, SQLite': ({ stage }) => calmScan(stage),
  '3 workers, PostgreSQL': async ({ stage, base }) => calmFleet(stage, await base()),
};

const alone = (
  name: string,
  strike: (stage: Stage, random: () => number, targets: number) => Promise<Struck>,
): Fault => ({
  name,
  engine: 'one process, SQLite',
  strike: ({ stage }, random, targets) => strike(stage, random, targets),
});

const overWorkers = (name: string, strike: FleetStrike): Fault => ({
  name,
  engine: '3 workers, PostgreSQL',
  strike: async ({ stage, base }, random, targets) => strike(stage, await base(), random, targets),
});

export const faults: readonly Fault[] = [
  alone('kill -9 the scan, three times', killAndResume),
  alone('fill the disk', fillDisk),
  overWorkers('kill -9 a worker, twice', killWorkers),
  overWorkers('kill -9 the starter', killStarter),
  overWorkers('kill -9 PostgreSQL', killDatabase),
  overWorkers('stop a worker past its lease', stopWorker),
  overWorkers('cut a worker off from PostgreSQL', cutNetwork),
  overWorkers('fill the disk of PostgreSQL', fillDatabaseDisk),
  overWorkers("a worker's clock 3 h fast", skewClock('+3h')),
  overWorkers("a worker's clock 3 h slow", skewClock('-3h')),
];

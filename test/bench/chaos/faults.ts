import { calmAgents, cutAgentOff, killAgentWithSpool, killGateway, type AgentStrike } from './agent-faults.ts';
import type { Zone } from './agents.ts';
import type { Base } from './base.ts';
import { jumpClock, skewClock } from './clock-faults.ts';
import {
  calmFleet,
  cutNetwork,
  fillDatabaseDisk,
  killDatabase,
  killStarter,
  killWorkers,
  stopWorker,
  wakeWorkerAmidAnother,
  type FleetStrike,
} from './fleet-faults.ts';
import { calmScan, fillDisk, killAndResume } from './in-process.ts';
import type { Stage } from './stage.ts';
import { stopWorkerInTransaction } from './transaction-fault.ts';
import type { Struck } from './trial.ts';

export type Engine = 'one process, SQLite' | '3 workers, PostgreSQL' | '3 agents, HTTPS';

/** One way to strike a run. */
export type Fault = {
  readonly name: string;
  /** Which undisturbed run it is held against. */
  readonly engine: Engine;
  readonly strike: (scene: Scene, random: () => number, targets: number) => Promise<Struck>;
};

/** Where runs are made; the database is started, and the agents' keys are made, when they are first wanted. */
export type Scene = { readonly stage: Stage; readonly base: () => Promise<Base>; readonly zone: () => Promise<Zone> };

/** An undisturbed run of each engine; gives its folder. */
export const calmRuns: Readonly<Record<Engine, (scene: Scene) => Promise<string>>> = {
  'one process, SQLite': ({ stage }) => calmScan(stage),
  '3 workers, PostgreSQL': async ({ stage, base }) => calmFleet(stage, await base()),
  '3 agents, HTTPS': async ({ stage, zone }) => calmAgents(stage, await zone()),
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

const overAgents = (name: string, strike: AgentStrike): Fault => ({
  name,
  engine: '3 agents, HTTPS',
  strike: async ({ stage, zone }, random, targets) => strike(stage, await zone(), random, targets),
});

/** What the fences are there for: tried by `--without-fence` too. */
export const fenced = overWorkers('wake a stopped worker amid the look of another', wakeWorkerAmidAnother);

export const faults: readonly Fault[] = [
  alone('kill -9 the scan, three times', killAndResume),
  alone('fill the disk', fillDisk),
  overWorkers('kill -9 a worker, twice', killWorkers),
  overWorkers('kill -9 the starter', killStarter),
  overWorkers('kill -9 PostgreSQL', killDatabase),
  overWorkers('stop a worker past its lease', stopWorker),
  fenced,
  overWorkers('stop a worker amid a transaction', stopWorkerInTransaction),
  overWorkers('cut a worker off from PostgreSQL', cutNetwork),
  overWorkers('fill the disk of PostgreSQL', fillDatabaseDisk),
  overWorkers("a worker's clock 3 h fast", skewClock(3)),
  overWorkers("a worker's clock 3 h slow", skewClock(-3)),
  overWorkers("a worker's clock jumps 3 h forward and back", jumpClock(3)),
  overWorkers("a worker's clock jumps 3 h back and forward", jumpClock(-3)),
  overAgents('cut an agent off from the gateway', cutAgentOff),
  overAgents('kill -9 an agent with results in its spool', killAgentWithSpool),
  overAgents('kill -9 the gateway', killGateway),
];

import { setTimeout as wait } from 'node:timers/promises';
import { cutAgent, startAgentRun, type AgentRun, type Zone } from './agents.ts';
import { leaseSeconds } from './base.ts';
import { cutFirst, firstOf, untilNext } from './fleet-faults.ts';
import { until } from './patience.ts';
import type { Stage } from './stage.ts';
import type { Struck } from './trial.ts';

export type AgentStrike = (stage: Stage, zone: Zone, random: () => number, targets: number) => Promise<Struck>;

/** A run of three agents that nothing happens to; gives its folder. */
export async function calmAgents(stage: Stage, zone: Zone): Promise<string> {
  const run = await startAgentRun(stage, zone);
  await run.finish();
  return run.out;
}

async function cameTo(
  stage: Stage,
  zone: Zone,
  random: () => number,
  targets: number,
  alone = false,
): Promise<AgentRun> {
  const run = await startAgentRun(stage, zone, alone);
  await run.untilDone(Math.floor(random() * targets * 0.4));
  return run;
}

/** The network between an agent and the gateway, for longer than its lanes are its own. */
export const cutAgentOff: AgentStrike = async (stage, zone, random, targets) => {
  const run = await cameTo(stage, zone, random, targets);
  return cutFirst(run, () => cutAgent(1), random);
};

/** The only agent of its zone, which has results on its disk that nobody heard of; it is started again, sooner or later than its lease ends. */
export const killAgentWithSpool: AgentStrike = async (stage, zone, random, targets) => {
  const run = await cameTo(stage, zone, random, targets, true);
  const { worker, underWay } = await firstOf(run);
  const heal = cutAgent(1);
  await until(stage.patienceMs, 'a result in the spool of an agent', () => run.spooled(1) > 0);
  worker.child.kill('SIGKILL');
  const at = Date.now();
  heal();
  await wait(random() * 2 * leaseSeconds * 1000);
  run.restart(1);
  await run.untilAll(underWay);
  const recoverMs = [Date.now() - at];
  await run.finish();
  return { out: run.out, killed: new Map([[worker.source, at]]), recoverMs };
};

/** The gateway, for shorter or longer than a lease. */
export const killGateway: AgentStrike = async (stage, zone, random, targets) => {
  const run = await cameTo(stage, zone, random, targets);
  run.gateway().child.kill('SIGKILL');
  await wait(2000 + random() * 1.5 * leaseSeconds * 1000);
  await run.openGateway();
  const recoverMs = [await untilNext(run, targets)];
  await run.finish();
  return { out: run.out, killed: new Map(), recoverMs };
};

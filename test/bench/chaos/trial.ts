import type { RunEventKind } from '../../../src/model/run-event.ts';
import type { Visit } from '../country/serve.ts';
import { judgeVisits } from './heard.ts';
import { readRecord, type RunRecord } from './record.ts';
import type { Stage } from './stage.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** One strike at one run, and how it came out. */
export type Trial = Verdict & {
  /** What else went otherwise than it must: not recovered in time, evidence of another clock, contacts in closed hours. */
  readonly wrong: readonly string[];
  readonly recoverMs: readonly number[];
};

/** What a fault did to a run, for who judges it. */
export type Struck = {
  readonly out: string;
  /** From each strike, or from its healing, to the next target that was stored, ms. */
  readonly recoverMs: readonly number[];
  /** Processes that ended without a chance to tell: by source, and when. */
  readonly killed: ReadonlyMap<string, number>;
  /** Processes that were stopped for a while, and since when. */
  readonly frozen?: ReadonlyMap<string, number>;
  /** What the strike itself saw go wrong. */
  readonly wrong?: readonly string[];
  /** What the run must tell of it. */
  readonly tells?: readonly RunEventKind[];
};

/** A process that dies may have opened connections since it last stored something; no look lasts longer than this, ms. */
const untoldMs = 30_000;

/** More than this of what a busy machine reads otherwise is not believed to be that. */
const slowShare = 0.2;

/** Judges a run that was struck against the undisturbed one. */
export async function judgeTrial(stage: Stage, calm: RunRecord, struck: Struck): Promise<Trial> {
  const { visits, lagMs } = await stage.heard();
  const frozen = struck.frozen ?? new Map<string, number>();
  const heard = judgeVisits(visits, { allowed: stage.limits, lagMs, frozen });
  const gone = new Map([...struck.killed, ...frozen]);
  const record = await readRecord(struck.out);
  const verdict = verdictOf(calm, record, heard, (address) => untold(visits, gone, address));
  const silent = (struck.tells ?? []).filter((kind) => !record.events.has(kind));
  const mostSlow = Math.ceil(calm.planned.length * slowShare);
  const wrong = [
    ...(verdict.slow.length > mostSlow ? [`${verdict.slow.length} read otherwise: this machine is too busy`] : []),
    ...(struck.wrong ?? []),
    ...record.strays.map((stray) => `of another clock: ${stray}`),
    ...silent.map((kind) => `the run does not tell ${kind}`),
  ];
  return { ...verdict, wrong, recoverMs: struck.recoverMs };
}

/** Connections to an address that processes which died opened in their last half minute. */
function untold(visits: readonly Visit[], gone: ReadonlyMap<string, number>, address: string): number {
  return visits.filter((visit) => {
    const at = gone.get(visit.from);
    return visit.address === address && at !== undefined && visit.openedAt > at - untoldMs;
  }).length;
}

import type { Feeds } from '../feeds/open.ts';
import type { FindingAside } from '../model/aside.ts';
import type { Assessment, Verdict } from '../model/assessment.ts';
import { createNeighbours } from '../judge/neighbours.ts';
import type { Outcome } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { KnownByTarget, Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { vouchedFor } from './control-readings.ts';
import { createJudge } from './observe-target.ts';
import { asidesRejudged } from './run-asides.ts';

/** A finding or obligation whose outcome another lawbook changed; `null` where one side has none. */
export type Change =
  | {
      readonly what: 'finding';
      readonly system: string;
      readonly target: string;
      readonly check: string;
      readonly before: Outcome | null;
      readonly after: Outcome | null;
    }
  | {
      readonly what: 'obligation';
      readonly system: string;
      readonly obligation: string;
      readonly before: Verdict | null;
      readonly after: Verdict | null;
    };

export type Rejudged = {
  readonly findings: readonly Finding[];
  readonly assessments: readonly Assessment[];
  readonly known: KnownByTarget;
  /** What sets fails aside for these assessments; undefined where the old judgement kept nothing of it. */
  readonly asides: readonly FindingAside[] | undefined;
  readonly changes: readonly Change[];
};

/** A run's stored observations judged again. */
export type JudgedAgain = {
  readonly inventory: Inventory;
  readonly targets: readonly Target[];
  readonly findings: readonly Finding[];
  readonly known: KnownByTarget;
  readonly asides: readonly FindingAside[] | undefined;
};

/** Judges a run's stored observations by another lawbook and other feeds. Sends nothing and stores nothing. */
export async function judgeAgain(store: Store, run: Run, lawbook: Lawbook, ask?: Feeds['ask']): Promise<JudgedAgain> {
  const inventory = await store.inventory(run.id);
  const judge = createJudge(lawbook, ask);
  const stored = await store.observations(run.id);
  const neighbours = createNeighbours();
  for (const observation of stored) neighbours.add(observation);
  const observations = Map.groupBy(stored, (observation) => observation.target);
  const targets = await store.targets(run.id, 'done');
  const judged = targets.map(
    (target) => [target.key, judge(target, observations.get(target.key) ?? [], neighbours.all)] as const,
  );
  const law = { inventory, zone: run.zone, lawbook, ...(ask === undefined ? {} : { ask }) };
  const told = judged.flatMap(([, one]) => one.findings);
  const findings = await vouchedFor(store, run.id, law, targets, told);
  const known = new Map(judged.flatMap(([key, one]) => (one.known === undefined ? [] : [[key, one.known] as const])));
  const asides = await asidesRejudged(store, run, inventory, findings, lawbook);
  return { inventory, targets, findings, known, asides };
}

/** Judges a run again and says what differs from its last judgement. */
export async function rejudge(store: Store, run: Run, lawbook: Lawbook, ask?: Feeds['ask']): Promise<Rejudged> {
  const { inventory, targets, findings, known, asides } = await judgeAgain(store, run, lawbook, ask);
  const before = await store.judgement(run.id);
  // Held against the run's own clock, so that only the lawbook differs.
  const at = run.endedAt ?? run.startedAt;
  const setAside = asides === undefined ? {} : { asides };
  const assessments = assessRun({ inventory, targets, findings, lawbook, ...setAside, at });
  return {
    findings,
    assessments,
    known,
    asides,
    changes: [
      ...changedFindings(await store.findings(before.id), findings),
      ...changedAssessments(await store.assessments(before.id), assessments),
    ],
  };
}

function changedFindings(before: readonly Finding[], after: readonly Finding[]): readonly Change[] {
  const key = (finding: Finding) => `${finding.target}\n${finding.check}`;
  return pairUp(before, after, key).flatMap(([was, is]): readonly Change[] => {
    const one = is ?? was;
    if (one === undefined || was?.outcome === is?.outcome) return [];
    const { system, target, check } = one;
    return [{ what: 'finding', system, target, check, before: was?.outcome ?? null, after: is?.outcome ?? null }];
  });
}

function changedAssessments(before: readonly Assessment[], after: readonly Assessment[]): readonly Change[] {
  const key = (assessment: Assessment) => `${assessment.system}\n${assessment.obligation}`;
  return pairUp(before, after, key).flatMap(([was, is]): readonly Change[] => {
    const one = is ?? was;
    if (one === undefined || was?.verdict === is?.verdict) return [];
    const { system, obligation } = one;
    return [{ what: 'obligation', system, obligation, before: was?.verdict ?? null, after: is?.verdict ?? null }];
  });
}

/** Pairs what has the same key on both sides, in order of key. */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
): readonly [T | undefined, T | undefined][] {
  const was = new Map(before.map((item) => [key(item), item]));
  const is = new Map(after.map((item) => [key(item), item]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((one) => [was.get(one), is.get(one)]);
}

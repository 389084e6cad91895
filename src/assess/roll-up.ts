import { verdicts, type Assessment, type Coverage, type Verdict } from '../model/assessment.ts';
import type { Framework, Obligation } from '../model/framework.ts';
import type { System } from '../model/inventory.ts';

export const rollUpKeys = ['system', 'organisation', 'layer', 'framework', 'task'] as const;
export type RollUpKey = (typeof rollUpKeys)[number];

/**
 * Assessments with one thing in common: how many of each verdict, with the coverage they rest on. Coverage counts the
 * answers that each obligation needed, so an answer that serves two obligations counts for both.
 */
export type RollUp = {
  readonly key: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly total: number;
  readonly coverage: Coverage;
  /** Assessments in which a waiver in force sets a fail aside. */
  readonly waived: number;
  /** Those in which a false alarm is set aside. */
  readonly falsePositives: number;
};

/** What the ids in an assessment stand for. */
export type RollUpContext = {
  readonly systems: readonly Pick<System, 'id' | 'owner'>[];
  readonly frameworks: readonly Framework[];
};

/**
 * Counts assessments by system, by owner of the system, by layer (`1`..`4`), by framework, or by task (the id of the
 * obligation). Those that have no such key (an obligation that is no task, or of no layer) are in no group. In order of
 * key.
 */
export function rollUp(assessments: readonly Assessment[], by: RollUpKey, context: RollUpContext): readonly RollUp[] {
  const owners = new Map(context.systems.map(({ id, owner }) => [id, owner]));
  const obligations = new Map(context.frameworks.flatMap((one) => one.obligations.map((each) => [each.id, each])));
  const groups = new Map<string, Assessment[]>();
  for (const assessment of assessments) {
    const key = keyOf(assessment, by, owners, obligations);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [assessment]);
    else group.push(assessment);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => count(key, group));
}

function keyOf(
  assessment: Assessment,
  by: RollUpKey,
  owners: ReadonlyMap<string, string>,
  obligations: ReadonlyMap<string, Obligation>,
): string | undefined {
  const obligation = obligations.get(assessment.obligation);
  switch (by) {
    case 'system':
      return assessment.system;
    case 'organisation':
      return owners.get(assessment.system);
    case 'layer':
      return obligation?.layer?.toString();
    case 'framework':
      return assessment.framework;
    case 'task':
      return obligation?.task === undefined ? undefined : obligation.id;
  }
}

function count(key: string, group: readonly Assessment[]): RollUp {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  let seen = 0;
  let needed = 0;
  let waived = 0;
  let falsePositives = 0;
  for (const assessment of group) {
    counts[assessment.verdict] += 1;
    seen += assessment.coverage.seen;
    needed += assessment.coverage.needed;
    if ((assessment.waived?.length ?? 0) > 0) waived += 1;
    if ((assessment.falsePositives?.length ?? 0) > 0) falsePositives += 1;
  }
  return { key, counts, total: group.length, coverage: { seen, needed }, waived, falsePositives };
}

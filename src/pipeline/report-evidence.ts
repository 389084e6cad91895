import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Observation } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { KnownByTarget, Store } from '../store/types.ts';

/** What a run saw, and how it was judged. */
export type ReportEvidence = {
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly assessments: readonly Assessment[];
  readonly known: KnownByTarget;
};

/** The systems that an organisation owns or operates. */
export function ownSystems({ systems }: Inventory, organisation: string): readonly string[] {
  return systems.flatMap(({ id, owner, operator }) =>
    owner === organisation || operator === organisation ? [id] : [],
  );
}

/** All of it. */
export async function readAll(store: Store, run: Run, judgement: number): Promise<ReportEvidence> {
  return {
    observations: await store.observations(run.id),
    findings: await store.findings(judgement),
    assessments: await store.assessments(judgement),
    known: await store.known(judgement),
  };
}

/** That of some systems, in the same order; of a province's evidence a hundredth. */
export async function readOwn(
  store: Store,
  run: Run,
  judgement: number,
  systems: readonly string[],
  targets: readonly Target[],
): Promise<ReportEvidence> {
  const own = new Set(systems);
  const keys = targets.flatMap(({ key, system }) => (own.has(system) ? [key] : [])).sort();
  const { observations, known } = await store.targetEvidence(run.id, judgement, keys);
  const assessments: Assessment[] = [];
  for (const system of systems.toSorted()) assessments.push(...(await store.assessmentsOf(judgement, system)));
  return { observations, findings: await store.findings(judgement, { systems }), assessments, known };
}

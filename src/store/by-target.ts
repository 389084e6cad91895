import type { Kysely } from 'kysely';
import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Observation } from '../model/observation.ts';
import type { KnownSoftwareTable } from '../model/vulnerability.ts';
import { findingColumns, findingsOf } from './finding-row.ts';
import { bodies } from './read.ts';
import type { Database } from './tables.ts';
import type { TargetEvidence } from './types.ts';

/** Targets asked for at once, under SQLite's limit of bound values. */
const atOnce = 500;

/** What a run saw of some targets and what a judgement found of them, in the order of target and kind or check. */
export async function readTargetEvidence(
  db: Kysely<Database>,
  run: string,
  judgement: number,
  targets: readonly string[],
): Promise<TargetEvidence> {
  const observations: Observation[] = [];
  const findings: Finding[] = [];
  const known = new Map<string, KnownSoftwareTable>();
  for (let from = 0; from < targets.length; from += atOnce) {
    const some = targets.slice(from, from + atOnce);
    const seen = await db
      .selectFrom('observation')
      .select('body')
      .where('run', '=', run)
      .where('target', 'in', some)
      .orderBy('target')
      .orderBy('kind')
      .execute();
    observations.push(...(bodies(seen) as readonly Observation[]));
    const judged = await db
      .selectFrom('finding')
      .select(findingColumns)
      .where('judgement', '=', judgement)
      .where('target', 'in', some)
      .orderBy('target')
      .orderBy('check')
      .execute();
    findings.push(...findingsOf(judged));
    const told = await db
      .selectFrom('known')
      .innerJoin('snapshot', 'snapshot.hash', 'known.hash')
      .select(['known.target', 'snapshot.body'])
      .where('judgement', '=', judgement)
      .where('known.target', 'in', some)
      .orderBy('known.target')
      .execute();
    for (const { target, body } of told) known.set(target, JSON.parse(body) as KnownSoftwareTable);
  }
  return { observations, findings, known };
}

/** Assessments of one system. */
export async function readAssessmentsOf(
  db: Kysely<Database>,
  judgement: number,
  system: string,
): Promise<readonly Assessment[]> {
  const rows = await db
    .selectFrom('assessment')
    .select('body')
    .where('judgement', '=', judgement)
    .where('system', '=', system)
    .orderBy('obligation')
    .execute();
  return bodies(rows) as readonly Assessment[];
}

/** Assessments of every system, of all obligations or some. */
export async function readAssessments(
  db: Kysely<Database>,
  judgement: number,
  obligations?: readonly string[],
): Promise<readonly Assessment[]> {
  let query = db
    .selectFrom('assessment')
    .select('body')
    .where('judgement', '=', judgement)
    .orderBy('system')
    .orderBy('obligation');
  if (obligations !== undefined) query = query.where('obligation', 'in', obligations);
  return bodies(await query.execute()) as readonly Assessment[];
}

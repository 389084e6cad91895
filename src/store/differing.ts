import { sql, type Kysely } from 'kysely';
import type { Finding } from '../model/finding.ts';
import { findingColumns, findingsOf, type FindingRow } from './finding-row.ts';
import type { Database } from './tables.ts';

/** The findings of two judgements that may tell otherwise, those of each side in the order of system, target and check. */
export type Differing = { readonly before: readonly Finding[]; readonly after: readonly Finding[] };

/**
 * Leaves out what is the same in both, where it lies: fails by the same evidence, and what failed in neither and was not lost from
 * sight. A week changes a few hundred of a hundred thousand findings.
 */
export async function readDiffering(db: Kysely<Database>, before: number, after: number): Promise<Differing> {
  const pairs = await pairsThatDiffer(db, before, after);
  const added = await failsAdded(db, before, after);
  const is = [...pairs.flatMap(({ is }) => is ?? []), ...added];
  return {
    before: findingsOf(pairs.map(({ was }) => was)),
    after: findingsOf(added.length === 0 ? is : is.sort(inOrder)),
  };
}

type Pair = { readonly was: FindingRow; readonly is: FindingRow | undefined };

/** Behind the instant that a body begins with (`{"at":"2026-11-26T05:00:00.000Z"`): what was seen, without when. */
const seenFrom = 34;

/** What the older judgement has, beside what the newer one says of it: both sides come of one walk over the findings. */
async function pairsThatDiffer(db: Kysely<Database>, before: number, after: number): Promise<readonly Pair[]> {
  const same = sql<boolean>`(was.outcome = 'fail' and now.outcome = 'fail' and was.severity = now.severity
    and substr(was.body, ${sql.lit(seenFrom)}) = substr(now.body, ${sql.lit(seenFrom)}))`;
  const rows = await db
    .selectFrom('finding as was')
    .leftJoin('finding as now', (join) =>
      join
        .on('now.judgement', '=', after)
        .onRef('now.target', '=', 'was.target')
        .onRef('now.check', '=', 'was.check')
        .onRef('now.system', '=', 'was.system'),
    )
    .select(findingColumns.map((name) => `was.${name}` as const))
    .select(['now.outcome as nowOutcome', 'now.severity as nowSeverity', 'now.body as nowBody'])
    .where('was.judgement', '=', before)
    .where(
      sql<boolean>`(was.outcome = 'fail' or coalesce(now.outcome = 'fail', ${sql.lit(false)})
        or (was.outcome = 'pass' and coalesce(now.outcome, 'not-observed') = 'not-observed'))`,
    )
    .where(sql<boolean>`not coalesce(${same}, ${sql.lit(false)})`)
    .orderBy('was.system')
    .orderBy('was.target')
    .orderBy('was.check')
    .execute();
  return rows.map(({ nowOutcome: outcome, nowSeverity: severity, nowBody: body, ...was }): Pair => {
    if (outcome === null || severity === null || body === null) return { was, is: undefined };
    return { was, is: { ...was, outcome, severity, body } };
  });
}

/** What fails in the newer judgement and is not in the older one at all. */
async function failsAdded(db: Kysely<Database>, before: number, after: number): Promise<readonly FindingRow[]> {
  return db
    .selectFrom('finding as now')
    .select(findingColumns.map((name) => `now.${name}` as const))
    .where('now.judgement', '=', after)
    .where('now.outcome', '=', 'fail')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('finding as was')
            .select(sql.lit(1).as('one'))
            .where('was.judgement', '=', before)
            .whereRef('was.target', '=', 'now.target')
            .whereRef('was.check', '=', 'now.check')
            .whereRef('was.system', '=', 'now.system'),
        ),
      ),
    )
    .execute();
}

function inOrder(a: FindingRow, b: FindingRow): number {
  return compare(a.system, b.system) || compare(a.target, b.target) || compare(a.check, b.check);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import { sql, type Kysely } from 'kysely';
import type { Finding } from '../model/finding.ts';
import { findingColumns, findingsOf } from './finding-row.ts';
import type { Database } from './tables.ts';

/** The findings of two judgements that may tell otherwise, those of each side in the order of system, target and check. */
export type Differing = { readonly before: readonly Finding[]; readonly after: readonly Finding[] };

/**
 * Leaves out what is the same in both, where it lies: fails by the same evidence, and what failed in neither and was not lost from
 * sight. A week changes a few hundred of a hundred thousand findings.
 */
export async function readDiffering(db: Kysely<Database>, before: number, after: number): Promise<Differing> {
  return { before: await differing(db, before, after, 'old'), after: await differing(db, before, after, 'new') };
}

/** Behind the instant that a body begins with (`{"at":"2026-11-26T05:00:00.000Z"`): what was seen, without when. */
const seenFrom = 34;

async function differing(
  db: Kysely<Database>,
  before: number,
  after: number,
  side: 'old' | 'new',
): Promise<readonly Finding[]> {
  const [own, others] = side === 'old' ? [before, after] : [after, before];
  const [was, is] = side === 'old' ? ['own', 'other'] : ['other', 'own'];
  const column = (table: string | undefined, name: string) => sql.ref(`${table ?? ''}.${name}`);
  const [wasOutcome, isOutcome] = [column(was, 'outcome'), column(is, 'outcome')];
  const same = sql<boolean>`(own.outcome = 'fail' and other.outcome = 'fail' and own.severity = other.severity
    and substr(own.body, ${sql.lit(seenFrom)}) = substr(other.body, ${sql.lit(seenFrom)}))`;
  const rows = await db
    .selectFrom('finding as own')
    .leftJoin('finding as other', (join) =>
      join
        .on('other.judgement', '=', others)
        .onRef('other.target', '=', 'own.target')
        .onRef('other.check', '=', 'own.check')
        .onRef('other.system', '=', 'own.system'),
    )
    .select(findingColumns.map((name) => `own.${name}` as const))
    .where('own.judgement', '=', own)
    .where(
      sql<boolean>`(coalesce(${wasOutcome} = 'fail', ${sql.lit(false)}) or coalesce(${isOutcome} = 'fail', ${sql.lit(false)})
        or (${wasOutcome} = 'pass' and coalesce(${isOutcome}, 'not-observed') = 'not-observed'))`,
    )
    .where(sql<boolean>`not coalesce(${same}, ${sql.lit(false)})`)
    .orderBy('own.system')
    .orderBy('own.target')
    .orderBy('own.check')
    .execute();
  return findingsOf(rows);
}

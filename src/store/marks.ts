import { sql, type Kysely } from 'kysely';
import type { Mark } from '../model/track/sighting.ts';
import type { Database } from './tables.ts';

/** One letter a mark, for the database to join; both engines know `string_agg` (SQLite since 3.44). */
const letters: Readonly<Record<Mark, string>> = {
  pass: 'p',
  fail: 'f',
  'not-applicable': 'n',
  'not-observed': 'o',
  gone: 'g',
};
const marksBy = new Map(Object.entries(letters).map(([mark, letter]) => [letter, mark as Mark]));
const joined = sql<string>`string_agg(case mark when 'pass' then 'p' when 'fail' then 'f' when 'not-applicable' then 'n'
  when 'not-observed' then 'o' else 'g' end, '' order by at)`;

/** Findings asked for at once, under SQLite's limit of bound values; more than that, and all are read. */
const atOnce = 500;

/** The marks of some findings, or of all, each finding's in the order of time. */
export async function readMarks(
  db: Kysely<Database>,
  findings?: readonly string[],
): Promise<ReadonlyMap<string, readonly Mark[]>> {
  let query = db
    .selectFrom('sighting')
    .select(['finding', joined.as('marks')])
    .groupBy('finding');
  if (findings !== undefined && findings.length <= atOnce) query = query.where('finding', 'in', findings);
  const rows = await query.execute();
  const wanted = findings === undefined ? undefined : new Set(findings);
  // A hundred findings in a row were seen failing each week.
  const told = new Map<string, readonly Mark[]>();
  const strips = new Map<string, readonly Mark[]>();
  for (const { finding, marks } of rows) {
    if (wanted?.has(finding) === false) continue;
    const strip = told.get(marks) ?? Array.from(marks, (letter) => marksBy.get(letter) ?? 'gone');
    told.set(marks, strip);
    strips.set(finding, strip);
  }
  return strips;
}

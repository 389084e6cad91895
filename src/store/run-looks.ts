import type { Kysely } from 'kysely';
import type { FailureCode } from '../model/failure.ts';
import type { RunLook } from '../model/scan-look.ts';
import type { Database } from './tables.ts';

/** Failures by which nothing was sent. */
const unsent = ['not-permitted', 'not-run'] as const satisfies readonly FailureCode[];

/** What a run saw of each system that it planned to look at, in the order of their ids. */
export async function readRunLooks(db: Kysely<Database>, run: string): Promise<readonly RunLook[]> {
  const byTarget = db
    .selectFrom('observation')
    .select((eb) => [
      'target',
      eb.fn.max(eb.case().when('ok', '=', 1).then(eb.ref('at')).end()).as('at'),
      eb.fn.max(eb.case().when('failure', 'in', unsent).then(1).else(0).end()).as('cut'),
    ])
    .where('run', '=', run)
    .groupBy('target')
    .as('looked');
  const rows = await db
    .selectFrom('target')
    .leftJoin(byTarget, 'looked.target', 'target.key')
    .select((eb) => [
      'target.system',
      eb.fn.max('looked.at').as('at'),
      eb.fn.count<number>('looked.at').as('seen'),
      eb.fn.count<number>('target.key').as('needed'),
      eb.fn.sum<number>('looked.cut').as('cut'),
    ])
    .where('target.run', '=', run)
    .groupBy('target.system')
    .orderBy('target.system')
    .execute();
  return rows.map(({ system, at, seen, needed, cut }) => ({ system, at, seen, needed, cut: cut ?? 0 }));
}

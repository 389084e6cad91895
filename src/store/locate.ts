import type { Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { Delivered } from '../model/desk.ts';
import type { Target } from '../model/target.ts';
import type { Bond, ExecuteSql } from './dispatch-types.ts';
import type { Database } from './tables.ts';

/** A target whose name had no address, and the targets that it is now. */
export type LocatedTarget = { readonly key: string; readonly targets: readonly Target[] };

/** `send`: puts the lanes of the new targets into the queue; of a bond that ends the lane, all in one transaction. */
export type Locating = Bond & { readonly send: (execute: ExecuteSql) => Promise<void> };

/** Puts waiting targets in the place of others that still wait. What was looked at meanwhile stays as it is. */
export async function locateTargets(
  tx: Transaction<Database>,
  execute: ExecuteSql,
  run: string,
  located: readonly LocatedTarget[],
  { held, ends, send }: Locating,
): Promise<Delivered> {
  const had = await held(execute);
  if (had !== 'held') return had === 'ended' ? 'had' : 'fenced';
  for (const { key, targets } of located) {
    const gone = await tx
      .deleteFrom('target')
      .where('run', '=', run)
      .where('key', '=', key)
      .where('state', '=', 'waiting')
      .returning(['position', 'system'])
      .executeTakeFirst();
    if (gone === undefined) continue;
    const rows = targets.map((target) => ({
      run,
      key: target.key,
      ...gone,
      state: 'waiting' as const,
      body: canonicalJson(target),
    }));
    await tx
      .insertInto('target')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['run', 'key']).doNothing())
      .execute();
  }
  await send(execute);
  if (ends === undefined) return 'kept';
  await ends.complete(execute);
  await tx.deleteFrom('lane').where('run', '=', run).where('lane', '=', ends.lane).execute();
  return 'kept';
}

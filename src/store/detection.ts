import type { Kysely, Transaction } from 'kysely';
import type { DetectionReturn, Sighting } from '../model/detection.ts';
import type { Database } from './tables.ts';

/** Adds returns and sightings; what is there already stays as it is. Gives how many sightings were new. */
export async function addReturns(
  tx: Transaction<Database>,
  returns: readonly DetectionReturn[],
  sightings: readonly Sighting[],
): Promise<number> {
  const ids = new Map<string, number>();
  for (const one of returns) ids.set(one.run, (await known(tx, one)) ?? (await insert(tx, one)));
  let added = 0;
  for (const { run, system, target, marker, seenAt, source = '', centre = '' } of sightings) {
    const id = ids.get(run);
    if (id === undefined) throw new Error(`a sighting of run ${run} came without its return`);
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('detection_sighting')
      .values({ marker, seen_at: seenAt, source, centre, run, system, target, detection_return: id })
      .onConflict((conflict) => conflict.columns(['marker', 'seen_at', 'source', 'centre']).doNothing())
      .executeTakeFirstOrThrow();
    added += Number(numInsertedOrUpdatedRows ?? 0);
  }
  return added;
}

async function known(tx: Transaction<Database>, { run, hash, centre }: DetectionReturn): Promise<number | undefined> {
  const row = await tx
    .selectFrom('detection_return')
    .select('id')
    .where('run', '=', run)
    .where('hash', '=', hash)
    .where('centre', centre === undefined ? 'is' : '=', centre ?? null)
    .executeTakeFirst();
  return row?.id;
}

async function insert(tx: Transaction<Database>, { run, importedAt, hash, centre }: DetectionReturn): Promise<number> {
  const { id } = await tx
    .insertInto('detection_return')
    .values({ run, imported_at: importedAt, hash, centre: centre ?? null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Returns about a run, oldest first. */
export async function readReturns(db: Kysely<Database>, run: string): Promise<readonly DetectionReturn[]> {
  const rows = await db.selectFrom('detection_return').selectAll().where('run', '=', run).orderBy('id').execute();
  return rows.map(({ imported_at, hash, centre }) => ({
    run,
    importedAt: imported_at,
    hash,
    ...(centre === null ? {} : { centre }),
  }));
}

/** Sightings of a run's markers, oldest first. */
export async function readSightings(db: Kysely<Database>, run: string): Promise<readonly Sighting[]> {
  const rows = await db
    .selectFrom('detection_sighting')
    .selectAll()
    .where('run', '=', run)
    .orderBy('seen_at')
    .orderBy('marker')
    .orderBy('source')
    .orderBy('centre')
    .execute();
  return rows.map(({ marker, seen_at, source, centre, system, target }) => ({
    run,
    system,
    target,
    marker,
    seenAt: seen_at,
    ...(source === '' ? {} : { source }),
    ...(centre === '' ? {} : { centre }),
  }));
}

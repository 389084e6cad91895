import type { Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { ChainHead, HistoryRecord } from '../model/track/history.ts';
import type { Sighting } from '../model/track/sighting.ts';
import type { Database } from './tables.ts';
import type { TrackChange } from './track-types.ts';

type Tx = Transaction<Database>;

/** Rows of one statement, under SQLite's limit of bound values. */
const batch = 500;

/** Adds a change behind the head, or throws when it was made for another head. */
export async function writeTrack(tx: Tx, head: ChainHead, change: TrackChange): Promise<void> {
  const { records, lives, sightings, places } = change;
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) return;
  if (first.seq !== head.seq + 1 || first.prev !== head.hash) throw new Error('the history has another head by now');
  await inBatches(records.map(historyRow), (rows) => tx.insertInto('history').values(rows).execute());
  const moved = await tx
    .updateTable('history_head')
    .set({ seq: last.seq, hash: last.hash })
    .where('seq', '=', head.seq)
    .where('hash', '=', head.hash)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Error('the history has another head by now');
  await inBatches(
    lives.map((life) => ({ finding: life.id, zone: life.zone, system: life.system, body: canonicalJson(life) })),
    (rows) =>
      tx
        .insertInto('life')
        .values(rows)
        .onConflict((conflict) => conflict.column('finding').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') })))
        .execute(),
  );
  if (sightings !== undefined) {
    await inBatches(
      sightings.seen.map((seen) => sightingRow(sightings.run, seen)),
      (rows) => tx.insertInto('sighting').values(rows).execute(),
    );
  }
  if (places !== undefined) {
    await inBatches(
      [...places.known].map(([place, targets]) => ({ zone: places.zone, place, targets: canonicalJson(targets) })),
      (rows) =>
        tx
          .insertInto('place')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['zone', 'place']).doUpdateSet((eb) => ({ targets: eb.ref('excluded.targets') })),
          )
          .execute(),
    );
  }
}

function historyRow({ prev, hash, ...body }: HistoryRecord): Database['history'] {
  const { event } = body;
  return {
    seq: body.seq,
    finding: 'finding' in event ? event.finding : null,
    run: event.kind === 'run' ? event.run : null,
    prev,
    hash,
    body: canonicalJson(body),
  };
}

function sightingRow(run: string, { finding, mark, at, evidence, cause }: Sighting): Database['sighting'] {
  return { run, finding, mark, at, evidence: evidence ?? null, cause: cause ?? null };
}

async function inBatches<Row>(rows: readonly Row[], write: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) await write(rows.slice(from, from + batch));
}

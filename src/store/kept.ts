import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { Database } from './tables.ts';

/**
 * Results that are dear to work out and follow wholly from a run and what `key` is the hash of. Nothing here is evidence: all of
 * it may be thrown away, and is worked out again.
 */
export type KeptStore = {
  /** By subject; empty where nothing is kept under that key. With `subjects`: of these alone. */
  readonly read: (
    run: string,
    what: string,
    key: string,
    subjects?: readonly string[],
  ) => Promise<Map<string, unknown>>;
  /**
   * Puts what was worked out of a run in the place of what was kept of any run of its zone, under whatever key: a year of
   * weekly results would be larger than what they are worked out from.
   */
  readonly write: (run: string, what: string, key: string, values: ReadonlyMap<string, unknown>) => Promise<void>;
};

/** Rows of one statement, under SQLite's limit of bound values. */
const batch = 500;

/** The table of what was worked out. */
export function keptStore(db: Kysely<Database>): KeptStore {
  return {
    read: async (run, what, key, subjects) => {
      const kept = new Map<string, unknown>();
      const parts = subjects === undefined ? [undefined] : parted(subjects);
      for (const some of parts) {
        let query = db
          .selectFrom('kept')
          .select(['subject', 'body'])
          .where('run', '=', run)
          .where('what', '=', what)
          .where('key', '=', key);
        if (some !== undefined) query = query.where('subject', 'in', some);
        for (const { subject, body } of await query.execute()) kept.set(subject, JSON.parse(body));
      }
      return kept;
    },
    write: (run, what, key, values) =>
      db.transaction().execute(async (tx) => {
        const zone = tx.selectFrom('run').select('zone').where('id', '=', run);
        const zoned = tx.selectFrom('run').select('id').where('zone', '=', zone);
        await tx.deleteFrom('kept').where('what', '=', what).where('run', 'in', zoned).execute();
        const rows = [...values].map(([subject, value]) => ({ run, what, subject, key, body: canonicalJson(value) }));
        for (const some of parted(rows)) {
          // Another process may be keeping the same.
          await tx
            .insertInto('kept')
            .values(some)
            .onConflict((conflict) =>
              conflict
                .columns(['run', 'what', 'subject'])
                .doUpdateSet((eb) => ({ key: eb.ref('excluded.key'), body: eb.ref('excluded.body') })),
            )
            .execute();
        }
      }),
  };
}

function parted<T>(items: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / batch) }, (_, n) => items.slice(n * batch, (n + 1) * batch));
}

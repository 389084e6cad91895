import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { SchedulerState } from '../model/scheduler.ts';
import type { Database } from './tables.ts';

export type SchedulerStore = {
  /** What the scheduler last said of itself; undefined: there never was one. */
  readonly schedulerState: () => Promise<SchedulerState | undefined>;
  readonly saveSchedulerState: (state: SchedulerState) => Promise<void>;
};

export function schedulerStore(db: Kysely<Database>): SchedulerStore {
  return {
    schedulerState: async () => {
      const row = await db.selectFrom('scheduler').select('body').where('id', '=', 1).executeTakeFirst();
      // Only `saveSchedulerState` writes it.
      return row === undefined ? undefined : (JSON.parse(row.body) as SchedulerState);
    },
    saveSchedulerState: async (state) => {
      const said = { at: state.at, body: canonicalJson(state) };
      await db
        .insertInto('scheduler')
        .values({ id: 1, ...said })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(said))
        .execute();
    },
  };
}

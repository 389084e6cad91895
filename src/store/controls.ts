import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { ControlLook, ControlRound } from '../model/control.ts';
import type { Delivered } from '../model/desk.ts';
import type { Database } from './tables.ts';

/** What runs saw of our own control servers: raw facts, only ever added to. */
export type ControlStore = {
  /**
   * Adds a round after those that a run has, all of it or nothing. `by`: who read it, where it may be delivered twice; the same `at`
   * by the same is `had`. `fenced`: the run is finished.
   */
  readonly add: (run: string, round: ControlRound, by?: string) => Promise<Delivered>;
  /** In the order in which they were made. */
  readonly rounds: (run: string) => Promise<readonly ControlRound[]>;
};

type RoundBody = Pick<ControlRound, 'costs' | 'resolverCosts'> & { readonly by?: string };
type LookBody = Omit<ControlLook, 'control'>;

export function controlStore(db: Kysely<Database>): ControlStore {
  return {
    add: (run, { at, looks, costs, resolverCosts }, by) =>
      db.transaction().execute(async (tx) => {
        // Locks the run's row: rounds of several workers come one after the other, and none after the end.
        const { state } = await tx
          .updateTable('run')
          .set((eb) => ({ state: eb.ref('state') }))
          .where('id', '=', run)
          .returning('state')
          .executeTakeFirstOrThrow();
        const rounds = await tx.selectFrom('control_round').select(['at', 'body']).where('run', '=', run).execute();
        const isThis = (one: { readonly at: string; readonly body: string }) =>
          one.at === at && (JSON.parse(one.body) as RoundBody).by === by;
        if (by !== undefined && rounds.some(isThis)) return 'had';
        if (state === 'finished') return 'fenced';
        const round = rounds.length;
        const body = canonicalJson({ costs, resolverCosts, ...(by === undefined ? {} : { by }) } satisfies RoundBody);
        await tx.insertInto('control_round').values({ run, round, at, body }).execute();
        for (const { control, ...seen } of looks) {
          const row = { run, round, control, target: seen.target.key, body: canonicalJson(seen satisfies LookBody) };
          await tx.insertInto('control_look').values(row).execute();
        }
        return 'kept';
      }),
    rounds: async (run) => {
      const rounds = await db
        .selectFrom('control_round')
        .select(['round', 'at', 'body'])
        .where('run', '=', run)
        .orderBy('round')
        .execute();
      const looks = await db
        .selectFrom('control_look')
        .select(['round', 'control', 'body'])
        .where('run', '=', run)
        .orderBy('round')
        .orderBy('control')
        .orderBy('target')
        .execute();
      const byRound = Map.groupBy(looks, ({ round }) => round);
      // Only `add` writes them.
      return rounds.map(({ round, at, body }) => {
        const { costs, resolverCosts } = JSON.parse(body) as RoundBody;
        const own = byRound.get(round) ?? [];
        return {
          at,
          costs,
          resolverCosts,
          looks: own.map(({ control, body: seen }) => ({ control, ...(JSON.parse(seen) as LookBody) })),
        };
      });
    },
  };
}

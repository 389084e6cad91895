import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { ControlLook, ControlRound } from '../model/control.ts';
import type { Database } from './tables.ts';

/** What runs saw of our own control servers: raw facts, only ever added to. */
export type ControlStore = {
  /** Adds a round after those that a run has, all of it or nothing; gives its number, counted from 0. */
  readonly add: (run: string, round: ControlRound) => Promise<number>;
  /** In the order in which they were made. */
  readonly rounds: (run: string) => Promise<readonly ControlRound[]>;
};

type RoundBody = Pick<ControlRound, 'costs' | 'resolverCosts'>;
type LookBody = Omit<ControlLook, 'control'>;

export function controlStore(db: Kysely<Database>): ControlStore {
  return {
    add: (run, { at, looks, costs, resolverCosts }) =>
      db.transaction().execute(async (tx) => {
        const { last } = await tx
          .selectFrom('control_round')
          .select((eb) => eb.fn.max<number | null>('round').as('last'))
          .where('run', '=', run)
          .executeTakeFirstOrThrow();
        const round = last === null ? 0 : last + 1;
        const body = canonicalJson({ costs, resolverCosts } satisfies RoundBody);
        await tx.insertInto('control_round').values({ run, round, at, body }).execute();
        for (const { control, ...seen } of looks) {
          const row = { run, round, control, target: seen.target.key, body: canonicalJson(seen satisfies LookBody) };
          await tx.insertInto('control_look').values(row).execute();
        }
        return round;
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
      return rounds.map(({ round, at, body }) => ({
        at,
        ...(JSON.parse(body) as RoundBody),
        looks: (byRound.get(round) ?? []).map(({ control, body: seen }) => ({
          control,
          ...(JSON.parse(seen) as LookBody),
        })),
      }));
    },
  };
}

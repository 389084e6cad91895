import type { Kysely } from 'kysely';
import type { Iso } from '../model/observation.ts';
import type { ScanLook } from '../model/scan-look.ts';
import type { Database } from './tables.ts';

/** Kinds of run that look at everything of the systems they look at. */
const lookKinds = ['scan', 'partial'] as const;

/**
 * Notes what finished scans and partial runs saw of each system, all of them or one: so that nobody counts a year of observations each time, and
 * so that it is still known once those are pruned.
 */
export async function keepLooks(db: Kysely<Database>, run?: string): Promise<void> {
  let seen = db
    .selectFrom('observation')
    .select((eb) => ['run', 'target', eb.fn.min('at').as('first_at'), eb.fn.max('at').as('at')])
    .where('ok', '=', 1)
    .groupBy(['run', 'target']);
  if (run !== undefined) seen = seen.where('run', '=', run);
  let looks = db
    .selectFrom('target')
    .innerJoin('run', 'run.id', 'target.run')
    .leftJoin(seen.as('seen'), (join) =>
      join.onRef('seen.run', '=', 'target.run').onRef('seen.target', '=', 'target.key'),
    )
    .select((eb) => [
      'target.run',
      'target.system',
      eb.fn.min('seen.first_at').as('first_at'),
      eb.fn.max('seen.at').as('at'),
      eb.fn.count<number>('seen.target').as('seen'),
      eb.fn.count<number>('target.key').as('needed'),
    ])
    .where('run.kind', 'in', lookKinds)
    .where('run.state', '=', 'finished')
    .groupBy(['target.run', 'target.system']);
  if (run !== undefined) looks = looks.where('run.id', '=', run);
  await (
    run === undefined ? db.deleteFrom('system_look') : db.deleteFrom('system_look').where('run', '=', run)
  ).execute();
  await db
    .insertInto('system_look')
    .columns(['run', 'system', 'first_at', 'at', 'seen', 'needed'])
    .expression(looks)
    .execute();
}

/** What each finished scan or partial run that began no later than `until` saw of each system that it looked at whole, or of some. */
export async function readScanLooks(
  db: Kysely<Database>,
  until: string,
  systems?: readonly string[],
): Promise<readonly ScanLook[]> {
  let query = db
    .selectFrom('system_look')
    .innerJoin('run', 'run.id', 'system_look.run')
    .select(['system_look.run', 'system_look.system', 'system_look.at', 'seen', 'needed'])
    .where('run.state', '=', 'finished')
    .where('run.started_at', '<=', until)
    .orderBy('system_look.run')
    .orderBy('system_look.system');
  if (systems !== undefined) query = query.where('system_look.system', 'in', systems);
  const rows = await query.execute();
  const left = await leftSystems(db);
  return rows.flatMap(({ run, system, at, seen, needed }) =>
    at === null || left.get(run)?.has(system) === true ? [] : [{ run, system, at, seen, needed }],
  );
}

/**
 * Of each system, or of some, the latest looks that saw something of every target, before an instant, among those that
 * `readScanLooks` gives: one, or several of the same instant. Of a year's looks that is one in fifty.
 */
export async function readWholeLooks(
  db: Kysely<Database>,
  { until, before, systems }: WholeLooksAsked,
): Promise<readonly ScanLook[]> {
  const left = await leftSystems(db);
  const partly = [...left].flatMap(([run, some]) => (some.size === 0 ? [] : [run]));
  // Few runs do not count, mostly none: joined with its run, every look of a year would be asked about it.
  const out = await db
    .selectFrom('run')
    .select('id')
    .where((eb) => eb.or([eb('state', '<>', 'finished'), eb('started_at', '>', until)]))
    .execute();
  const whole = () => {
    let query = db
      .selectFrom('system_look')
      .where('system_look.at', '<', before)
      .where('needed', '>', 0)
      .whereRef('seen', '=', 'needed');
    const ids = out.map(({ id }) => id);
    if (ids.length > 0) query = query.where('system_look.run', 'not in', ids);
    if (systems !== undefined) query = query.where('system_look.system', 'in', systems);
    return query;
  };
  // Runs that went back to what was left are no look at those systems: few, and told apart here.
  const apart = partly.length === 0 ? whole() : whole().where('system_look.run', 'not in', partly);
  const latest = apart
    .select((eb) => ['system_look.system', eb.fn.max('system_look.at').as('at')])
    .groupBy('system_look.system');
  const columns = ['system_look.run', 'system_look.system', 'system_look.at', 'seen', 'needed'] as const;
  const rows = await apart
    .innerJoin(latest.as('latest'), (join) =>
      join.onRef('latest.system', '=', 'system_look.system').onRef('latest.at', '=', 'system_look.at'),
    )
    .select(columns)
    .execute();
  const others =
    partly.length === 0 ? [] : await whole().where('system_look.run', 'in', partly).select(columns).execute();
  return [...rows, ...others]
    .flatMap(({ run, system, at, seen, needed }) =>
      at === null || left.get(run)?.has(system) === true ? [] : [{ run, system, at, seen, needed }],
    )
    .sort((a, b) => (a.run < b.run ? -1 : a.run > b.run ? 1 : a.system < b.system ? -1 : 1));
}

export type WholeLooksAsked = { readonly until: string; readonly before: string; readonly systems?: readonly string[] };

/** By partial run, the systems of which it looked only at what an earlier look had left: that is no look at the whole of them. */
async function leftSystems(db: Kysely<Database>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await db.selectFrom('run').select(['id', 'settings']).where('kind', '=', 'partial').execute();
  return new Map(
    rows.map(({ id, settings }) => {
      // Only `createRun` writes settings.
      const { partial } = JSON.parse(settings) as { partial?: { left: readonly { system: string }[] } };
      return [id, new Set(partial?.left.map(({ system }) => system))];
    }),
  );
}

/** The latest observation that succeeded of each system, over all scans and partial runs, up to an instant. */
export async function readLastSeen(db: Kysely<Database>, until: Iso): Promise<ReadonlyMap<string, Iso>> {
  const latest = (until?: Iso) => {
    const query = db.selectFrom('system_look').select((eb) => ['system', eb.fn.max('at').as('at')]);
    return (until === undefined ? query : query.where('at', '<=', until)).groupBy('system').execute();
  };
  const newest = await latest();
  // Mostly the instant is now, and nothing lies behind it.
  const now = newest.every(({ at }) => at === null || at <= until);
  const noted = now ? newest.filter(({ at }) => at !== null) : await latest(until);
  // Runs under way have no note yet; of one that the instant falls into, its observations tell.
  let runs = db.selectFrom('run').select('run.id').distinct().where('run.kind', 'in', lookKinds);
  runs = now
    ? runs.where('run.state', '<>', 'finished')
    : runs
        .leftJoin('system_look', (join) =>
          join.onRef('system_look.run', '=', 'run.id').on('first_at', '<=', until).on('at', '>', until),
        )
        .where((eb) => eb.or([eb('run.state', '<>', 'finished'), eb('system_look.run', 'is not', null)]));
  const others = await runs.execute();
  const last = new Map(noted.map(({ system, at }) => [system, at ?? '']));
  for (const { id } of others) {
    const rows = await db
      .selectFrom('observation')
      .innerJoin('target', (join) =>
        join.onRef('target.run', '=', 'observation.run').onRef('target.key', '=', 'observation.target'),
      )
      .select((eb) => ['target.system', eb.fn.max('observation.at').as('at')])
      .where('observation.run', '=', id)
      .where('observation.ok', '=', 1)
      .where('observation.at', '<=', until)
      .groupBy('target.system')
      .execute();
    for (const { system, at } of rows) if (at > (last.get(system) ?? '')) last.set(system, at);
  }
  return last;
}

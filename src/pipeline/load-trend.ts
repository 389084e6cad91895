import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { noCount, sumTrend, type Trend, type TrendCount, type TrendRun } from '../model/track/trend.ts';
import type { Store } from '../store/types.ts';
import { countTrend } from './count-trend.ts';
import { keepAgain } from './grow-trend.ts';
import { everySystem, keptTrend, trendKey } from './kept-trend.ts';

/** One point of the trend of a province, an organisation or a system. */
export type TrendPoint = { readonly run: TrendRun; readonly count: TrendCount };

export type LoadedTrend = {
  /** The run that the trend goes up to: the newest of its zone. */
  readonly run: Run;
  /** Undefined: the province. */
  readonly name?: string;
  readonly points: readonly TrendPoint[];
};

export type TrendAsked = {
  /** A system or an organisation; undefined for the whole province. */
  readonly subject?: string;
  /** A zone; undefined for that of the newest run. */
  readonly zone?: string;
};

/** The trend up to the newest run. Throws UserError where nothing was scanned, or nobody has that name. */
export async function loadTrend(store: Store, { subject, zone }: TrendAsked): Promise<LoadedTrend> {
  const run = (await store.runs()).find((one) => one.state === 'finished' && (zone ?? one.zone) === one.zone);
  if (run === undefined) throw new UserError([{ message: message('life.no-run', { zone: zone ?? '' }) }]);
  const inventory = await store.inventory(run.id);
  const found = subject === undefined ? undefined : subjectOf(inventory, subject);
  const systems = found?.systems ?? [everySystem];
  const trend = await trendOf(store, run, inventory, systems);
  if (found?.system !== undefined && !trend.systems.has(found.system))
    throw new UserError([{ message: message('life.unknown-subject', { id: found.system }) }]);
  const counts = sumTrend(trend, systems);
  const points = trend.runs.map((one, at): TrendPoint => ({ run: one, count: counts[at] ?? noCount }));
  return { run, points, ...(found === undefined ? {} : { name: found.name }) };
}

/** As it was kept when the run's report was drawn or its trend asked for; else worked out, and kept. */
async function trendOf(store: Store, run: Run, inventory: Inventory, systems: readonly string[]): Promise<Trend> {
  const judgement = await store.judgement(run.id);
  const read = async () => keptTrend(store, run.id, await trendKey(store, run, judgement.id), systems);
  const kept = await read();
  if (kept !== undefined) return kept;
  if (!(await keepAgain(store, run, inventory, judgement))) await countTrend(store, run, { inventory, judgement });
  const trend = await read();
  if (trend === undefined) throw new Error(`run ${run.id} was not taken in`);
  return trend;
}

/** An organisation is what it owns; one that owns nothing, what it operates. */
function subjectOf(
  { systems, organisations }: Inventory,
  id: string,
): { readonly name: string; readonly systems: readonly string[]; readonly system?: string } {
  const organisation = organisations.find((one) => one.id === id);
  if (organisation !== undefined) {
    const owned = systems.filter(({ owner }) => owner === id);
    const own = owned.length > 0 ? owned : systems.filter(({ operator }) => operator === id);
    return { name: organisation.name, systems: own.map((system) => system.id) };
  }
  // It may have left the inventory since; whether anybody ever knew it, the trend tells.
  return { name: systems.find((one) => one.id === id)?.name ?? id, systems: [id], system: id };
}

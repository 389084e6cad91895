import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { noCount, sumTrend, type TrendCount, type TrendRun } from '../model/track/trend.ts';
import type { Store } from '../store/types.ts';
import { loadReportTrack } from './report-track.ts';

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
  const { lawbook } = await store.judgement(run.id);
  const trend = (await loadReportTrack(store, run, { inventory, lawbook }))?.trend;
  if (trend === undefined) throw new Error(`run ${run.id} was not taken in`);
  const found = subject === undefined ? undefined : subjectOf(inventory, subject, trend.systems);
  const counts = sumTrend(trend, found?.systems ?? trend.systems.keys());
  const points = trend.runs.map((one, at): TrendPoint => ({ run: one, count: counts[at] ?? noCount }));
  return { run, points, ...(found === undefined ? {} : { name: found.name }) };
}

/** An organisation is what it owns; one that owns nothing, what it operates. */
function subjectOf(
  { systems, organisations }: Inventory,
  id: string,
  known: ReadonlyMap<string, unknown>,
): { readonly name: string; readonly systems: readonly string[] } {
  const organisation = organisations.find((one) => one.id === id);
  if (organisation !== undefined) {
    const owned = systems.filter(({ owner }) => owner === id);
    const own = owned.length > 0 ? owned : systems.filter(({ operator }) => operator === id);
    return { name: organisation.name, systems: own.map((system) => system.id) };
  }
  if (!known.has(id)) throw new UserError([{ message: message('life.unknown-subject', { id }) }]);
  return { name: systems.find((one) => one.id === id)?.name ?? id, systems: [id] };
}

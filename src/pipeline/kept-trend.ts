import { contentHash } from '../model/canonical.ts';
import type { Run } from '../model/run.ts';
import { noCount, sumTrend, type Trend, type TrendCount, type TrendRun } from '../model/track/trend.ts';
import type { Store } from '../store/types.ts';
import { readDeadlineRules } from '../track/deadline-rules.ts';
import { toolVersion } from './version.ts';

const what = 'trend';
/** Goes up whenever counting changes: what an older program counted is then counted again. */
export const countedAs = 1;
/** Under these subjects the runs and the sum of all systems, under every other a system's counts, run by run. */
const runsSubject = '';
export const everySystem = '*';

/**
 * All that a run's trend is worked out from: the history up to it, which only grows behind it, its inventory and the lawbook of
 * its latest judgement, our own deadlines, and this program.
 */
export async function trendKey(store: Store, run: Run, judgement: number): Promise<string> {
  // What another zone saw says nothing here.
  const zoned = new Set((await store.runs()).flatMap(({ id, zone }) => (zone === run.zone ? [id] : [])));
  const glances = (await store.track.glanceRuns()).filter((id) => zoned.has(id)).toSorted();
  const rules = contentHash(await readDeadlineRules());
  return contentHash([
    countedAs,
    toolVersion(),
    run.id,
    run.endedAt ?? null,
    run.inventoryHash,
    judgement,
    rules,
    glances,
  ]);
}

/** What was kept under a key of some systems, of `everySystem`, or of each; undefined where nothing was. */
export async function keptTrend(
  store: Store,
  run: string,
  key: string,
  systems?: readonly string[],
): Promise<Trend | undefined> {
  const kept = await store.kept.read(run, what, key, systems === undefined ? undefined : [runsSubject, ...systems]);
  if (systems === undefined) kept.delete(everySystem);
  const runs = kept.get(runsSubject) as readonly TrendRun[] | undefined;
  if (runs === undefined) return undefined;
  const counts = [...kept].flatMap(([system, packed]) =>
    system === runsSubject ? [] : [[system, (packed as readonly number[][]).map(unpack)] as const],
  );
  return { runs, systems: new Map(counts) };
}

/** Keeps a trend for whoever asks next. */
export async function keepTrend(store: Store, run: string, key: string, trend: Trend): Promise<void> {
  const { runs, systems } = trend;
  const all = [...systems, [everySystem, sumTrend(trend, systems.keys())] as const];
  const packed = all.map(([system, counts]) => [system, counts.map(pack)] as const);
  await store.kept.write(run, what, key, new Map<string, unknown>([[runsSubject, runs], ...packed]));
}

type Nested = { readonly [key: string]: number | Nested };

/** A count's numbers first and then its groups, as counts are made. */
const shape: Nested = Object.fromEntries(
  Object.entries(noCount as unknown as Nested).sort(
    ([, a], [, b]) => Number(typeof a !== 'number') - Number(typeof b !== 'number'),
  ),
);

/** The numbers of a count, one after another; nothing at all for nothing counted. */
function pack(count: TrendCount): readonly number[] {
  return count === noCount ? [] : numbersOf(count, shape);
}

function numbersOf(count: Nested, like: Nested): readonly number[] {
  return Object.entries(like).flatMap(([key, inner]) => {
    const value = count[key] ?? 0;
    return typeof inner === 'number' ? [value as number] : numbersOf(value as Nested, inner);
  });
}

function unpack(numbers: readonly number[]): TrendCount {
  if (numbers.length === 0) return noCount;
  let at = 0;
  // A year of two thousand systems is a hundred thousand counts.
  const filled = (like: Nested): Nested => {
    const count: Record<string, number | Nested> = {};
    for (const key in like) {
      const inner = like[key];
      count[key] = typeof inner === 'object' ? filled(inner) : (numbers[at++] ?? 0);
    }
    return count;
  };
  return filled(shape) as unknown as TrendCount;
}

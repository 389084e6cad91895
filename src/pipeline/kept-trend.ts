import { contentHash } from '../model/canonical.ts';
import type { Run } from '../model/run.ts';
import { noCount, sumTrend, type Trend, type TrendCount, type TrendRun } from '../model/track/trend.ts';
import type { Store } from '../store/types.ts';
import { readDeadlineRules } from '../track/deadline-rules.ts';
import { toolVersion } from './version.ts';

const what = 'trend';
/** Goes up whenever counting changes: what an older program counted is then counted again. */
const countedAs = 1;
/** Under these subjects the runs and the sum of all systems, under every other a system's counts, run by run. */
const runsSubject = '';
export const everySystem = '*';

/**
 * All that a run's trend is worked out from: the history up to it, which only grows behind it, its inventory and the lawbook of
 * its latest judgement, our own deadlines, and this program.
 */
export async function trendKey(store: Store, run: Run, judgement: number): Promise<string> {
  const glances = (await store.track.glanceRuns()).toSorted();
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

/** What was kept under a key of some systems, or of `everySystem`; undefined where nothing was. */
export async function keptTrend(
  store: Store,
  run: string,
  key: string,
  systems: readonly string[],
): Promise<Trend | undefined> {
  const kept = await store.kept.read(run, what, key, [runsSubject, ...systems]);
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

/** The numbers of a count in the order of `noCount`; nothing at all for nothing counted. */
function pack(count: TrendCount): readonly number[] {
  return count === noCount ? [] : numbersOf(count as unknown as Nested, noCount as unknown as Nested);
}

function numbersOf(count: Nested, shape: Nested): readonly number[] {
  return Object.keys(shape).flatMap((key) => {
    const [value = 0, like = 0] = [count[key], shape[key]];
    return typeof like === 'number' ? [value as number] : numbersOf(value as Nested, like);
  });
}

function unpack(numbers: readonly number[]): TrendCount {
  if (numbers.length === 0) return noCount;
  let at = 0;
  const filled = (shape: Nested): Nested =>
    Object.fromEntries(
      Object.entries(shape).map(([key, like]) => [key, typeof like === 'number' ? (numbers[at++] ?? 0) : filled(like)]),
    );
  return filled(noCount as unknown as Nested) as unknown as TrendCount;
}

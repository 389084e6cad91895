import type { Severity } from '../model/check.ts';
import { dayOf, daysBetween } from '../model/day.ts';
import type { Due } from '../model/track/due.ts';
import type { Life } from '../model/track/life.ts';
import type { Mark, Sighting } from '../model/track/sighting.ts';
import { workStates, type TrackState } from '../model/track/state.ts';
import { noCount, type RunGlance, type Trend, type TrendCount, type TrendRun } from '../model/track/trend.ts';
import { keyOf } from './sighter.ts';
import { stateOn } from './state.ts';

/** A run that has just been taken in. */
export type TrendStep = {
  readonly run: string;
  readonly at: string;
  readonly checksHash: string;
  /** Of the zone, by id, with all that the run brought. */
  readonly lives: ReadonlyMap<string, Life>;
  /** Findings that it saw: a pass, a fail, or that the check does not apply. */
  readonly seen: ReadonlySet<string>;
  /** Absent where nothing was noted when it was taken in. */
  readonly glance?: RunGlance;
};

export type TrendInput = {
  readonly dueOf: (life: Life) => Due | undefined;
  /** Systems that may not be spoken of. */
  readonly hidden: ReadonlySet<string>;
};

/** How a finding stood after a run: all that the next point needs of it. */
export type Stood = {
  readonly toMend: boolean;
  readonly confirmed: boolean;
  readonly refuted: number;
  readonly mended: number;
  readonly recurrences: number;
  /** What began or ended its present trouble, where it was not the world. */
  readonly began?: Origin;
  readonly ended?: Origin;
};
export type Origin = 'reading' | 'look';

/** Where counting stands after a run: from here it goes on with the next, without the runs before. */
export type TrendState = { readonly checksHash: string; readonly stood: ReadonlyMap<string, Stood> };

type Writable<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Writable<T[K]> };
type Count = Writable<TrendCount>;

/**
 * Counts lives run by run: give every run of a zone in its order, then ask for the trend. With `from`: the trend up to a run, and
 * the state in which its counting ended; give the runs behind it.
 */
export function createTrend(
  { dueOf, hidden }: TrendInput,
  from?: { readonly trend: Trend; readonly state: TrendState },
): {
  readonly next: (step: TrendStep) => void;
  readonly trend: () => Trend;
  /** Undefined before the first run. */
  readonly state: () => TrendState | undefined;
} {
  const runs: TrendRun[] = [...(from?.trend.runs ?? [])];
  const systems = new Map([...(from?.trend.systems ?? [])].map(([id, counts]) => [id, [...counts]]));
  let before: ReadonlyMap<string, Stood> = from?.state.stood ?? new Map<string, Stood>();
  let checksHash = from?.state.checksHash;

  const next = (step: TrendStep): void => {
    const { run, at, glance, lives, seen } = step;
    const day = dayOf(at);
    const counts = new Map<string, Count>();
    const countOf = (system: string): Count => {
      const known = counts.get(system);
      if (known !== undefined) return known;
      const count = freshCount();
      counts.set(system, count);
      return count;
    };
    for (const { system, ...coverage } of glance?.coverage ?? []) {
      if (!hidden.has(system)) countOf(system).coverage = coverage;
    }
    const origins = new Map((glance?.origins ?? []).map((one) => [keyOf(one), one]));
    const first = runs.length === 0;
    const after = new Map<string, Stood>();
    for (const life of lives.values()) {
      if (hidden.has(life.system)) continue;
      const { id } = life;
      const old = before.get(id);
      const trouble = seen.has(id) ? originsOf(life, old, first ? firstLook : origins.get(keyOf(life))) : old;
      const { began, ended } = trouble ?? {};
      const count = countOf(life.system);
      const state = stateOn(life, day);
      const toMend = life.phase === 'confirmed' && workStates.has(state);
      count.states[state] += 1;
      const reading = began === 'reading';
      if (toMend) {
        add(count.toMend, life.severity);
        if (reading) add(count.byReading, life.severity);
        else if (!seen.has(id)) add(count.unseen, life.severity);
        const due = dueOf(life);
        if (due !== undefined && due.on < day) count.late += 1;
      }
      if (state === 'new' && !reading) add(count.fresh, life.severity);
      flow(count, old, { life, toMend }, state, began, ended);
      after.set(id, stoodOf(life, toMend, began, ended));
    }
    const position = runs.length;
    for (const [system, count] of counts) {
      const series = systems.get(system) ?? [];
      while (series.length < position) series.push(noCount);
      series.push(count);
      systems.set(system, series);
    }
    const checks = glance?.checks ?? (checksHash !== undefined && checksHash !== step.checksHash);
    const { data = false, toldApart = !checks } = glance ?? {};
    runs.push({ run, at, day, checks, data, toldApart });
    before = after;
    checksHash = step.checksHash;
  };
  const trend = (): Trend => {
    for (const series of systems.values()) while (series.length < runs.length) series.push(noCount);
    return { runs, systems };
  };
  const state = () => (checksHash === undefined ? undefined : { checksHash, stood: before });
  return { next, trend, state };
}

function stoodOf(life: Life, toMend: boolean, began: Origin | undefined, ended: Origin | undefined): Stood {
  return {
    toMend,
    confirmed: life.phase === 'confirmed',
    refuted: life.refuted,
    mended: life.mended.length,
    recurrences: life.recurrences,
    ...(began === undefined ? {} : { began }),
    ...(ended === undefined ? {} : { ended }),
  };
}

/** Of what a run told, the findings that it saw. */
export const seenIn = (sightings: readonly Sighting[]): ReadonlySet<string> =>
  new Set(sightings.flatMap(({ mark, finding }) => (looks.has(mark) ? [finding] : [])));
const looks: ReadonlySet<Mark> = new Set<Mark>(['pass', 'fail', 'not-applicable']);

const firstLook = { what: 'failed', because: 'look' } as const;

type Told = Pick<RunGlance['origins'][number], 'what' | 'because'>;

/** What began a trouble, told at its first fail, and what ended it, told at the first sight that is none; else as it was. */
function originsOf(life: Life, old: Pick<Stood, 'began' | 'ended'> | undefined, origin: Told | undefined) {
  const { passes, absent, fails } = life;
  const told = origin === undefined ? undefined : origin.because === 'look' ? 'look' : 'reading';
  const failing = passes === 0 && absent === 0;
  const begins = failing && fails === 1;
  const ends = !failing && passes + absent === 1;
  return {
    began: begins ? (origin?.what === 'failed' ? told : undefined) : old?.began,
    ended: failing ? undefined : ends ? (origin?.what === 'stopped' ? told : undefined) : old?.ended,
  };
}

/** Counts how a finding came among those to mend, or left them. */
function flow(
  count: Count,
  old: Stood | undefined,
  { life, toMend }: { readonly life: Life; readonly toMend: boolean },
  state: TrackState,
  began: Origin | undefined,
  ended: Origin | undefined,
): void {
  if (life.refuted > (old?.refuted ?? 0)) count.refuted += life.refuted - (old?.refuted ?? 0);
  const mended = life.mended.at(-1);
  const fixed = mended !== undefined && life.mended.length > (old?.mended ?? 0);
  const wasToMend = old?.toMend === true;
  // What was set aside or gone and is fixed came back first.
  const came = (toMend || fixed) && !wasToMend;
  if (came) {
    if (old?.confirmed === true) count.returned += 1;
    else if (began === 'reading') count.raised += 1;
    else if (life.recurrences > (old?.recurrences ?? 0)) count.reopened += 1;
    else {
      count.opened += 1;
      if (began === 'look') count.firstLook += 1;
    }
  }
  if (toMend || !(wasToMend || came)) return;
  if (state === 'waived' || state === 'false-positive') count.setAside += 1;
  else if (ended === 'reading') count.dropped += 1;
  else if (fixed) {
    count.fixed += 1;
    count.fixedDays += daysBetween(dayOf(mended.from), dayOf(mended.to));
  } else count.gone += 1;
}

function freshCount(): Count {
  const { toMend, byReading, unseen, fresh, states, coverage, ...numbers } = noCount;
  return {
    ...numbers,
    toMend: { ...toMend },
    byReading: { ...byReading },
    unseen: { ...unseen },
    fresh: { ...fresh },
    states: { ...states },
    coverage: { ...coverage },
  };
}

function add(counts: Record<Severity, number>, severity: Severity): void {
  counts[severity] += 1;
}

import type { Severity } from '../model/check.ts';
import { dayOf, daysBetween } from '../model/day.ts';
import type { Due } from '../model/track/due.ts';
import type { Life } from '../model/track/life.ts';
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

type Writable<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Writable<T[K]> };
type Count = Writable<TrendCount>;
/** How a finding stood after the run before. */
type Before = { readonly life: Life; readonly toMend: boolean };

/** Counts lives run by run: give every run of a zone in its order, then ask for the trend. */
export function createTrend({ dueOf, hidden }: TrendInput): {
  readonly next: (step: TrendStep) => void;
  readonly trend: () => Trend;
} {
  const runs: TrendRun[] = [];
  const systems = new Map<string, TrendCount[]>();
  let before = new Map<string, Before>();
  let checksHash: string | undefined;
  /** What began or ended the present trouble of a finding, where it was not the world. */
  const began = new Map<string, Origin>();
  const ended = new Map<string, Origin>();

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
    const after = new Map<string, Before>();
    for (const life of lives.values()) {
      if (hidden.has(life.system)) continue;
      const { id } = life;
      if (seen.has(id)) noteOrigin(life, first ? firstLook : origins.get(keyOf(life)), began, ended);
      const count = countOf(life.system);
      const state = stateOn(life, day);
      const toMend = life.phase === 'confirmed' && workStates.has(state);
      count.states[state] += 1;
      const reading = began.get(id) === 'reading';
      if (toMend) {
        add(count.toMend, life.severity);
        if (reading) add(count.byReading, life.severity);
        else if (!seen.has(id)) add(count.unseen, life.severity);
        const due = dueOf(life);
        if (due !== undefined && due.on < day) count.late += 1;
      }
      if (state === 'new' && !reading) add(count.fresh, life.severity);
      flow(count, before.get(id), { life, toMend }, state, began.get(id), ended.get(id));
      after.set(id, { life, toMend });
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
  return { next, trend };
}

type Origin = 'reading' | 'look';
const firstLook = { what: 'failed', because: 'look' } as const;

/** Notes what began a trouble at its first fail, and what ended it at the first sight that is none. */
function noteOrigin(
  life: Life,
  origin: Pick<RunGlance['origins'][number], 'what' | 'because'> | undefined,
  began: Map<string, Origin>,
  ended: Map<string, Origin>,
): void {
  const { id, passes, absent, fails } = life;
  const told = origin === undefined ? undefined : origin.because === 'look' ? 'look' : 'reading';
  const failing = passes === 0 && absent === 0;
  if (failing) ended.delete(id);
  if (failing && fails === 1) put(began, id, origin?.what === 'failed' ? told : undefined);
  if (!failing && passes + absent === 1) put(ended, id, origin?.what === 'stopped' ? told : undefined);
}

function put(map: Map<string, Origin>, id: string, origin: Origin | undefined): void {
  if (origin === undefined) map.delete(id);
  else map.set(id, origin);
}

/** Counts how a finding came among those to mend, or left them. */
function flow(
  count: Count,
  before: Before | undefined,
  { life, toMend }: Before,
  state: TrackState,
  began: Origin | undefined,
  ended: Origin | undefined,
): void {
  const old = before?.life;
  if (life.refuted > (old?.refuted ?? 0)) count.refuted += life.refuted - (old?.refuted ?? 0);
  const mended = life.mended.at(-1);
  const fixed = mended !== undefined && life.mended.length > (old?.mended.length ?? 0);
  const wasToMend = before?.toMend === true;
  // What was set aside or gone and is fixed came back first.
  const came = (toMend || fixed) && !wasToMend;
  if (came) {
    if (old?.phase === 'confirmed') count.returned += 1;
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

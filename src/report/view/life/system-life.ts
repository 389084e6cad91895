import { severities } from '../../../model/check.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import type { TrackState } from '../../../model/track/state.ts';
import { sumTrend } from '../../../model/track/trend.ts';
import type { Text } from '../../../model/text.ts';
import { actionTitle, type ActionTitle } from '../actions.ts';
import { findingAnchors } from '../findings.ts';
import { compare, groupBy, unknownCheck, type ReportIndex, type SystemFile } from '../report-index.ts';
import { findingLife, lifeAnchor, type FindingLife } from './finding-life.ts';
import type { LifeIndex } from './life-index.ts';
import { sinceLast, type SinceLast } from './since-last.ts';
import { stripAxis } from './strip.ts';
import { trendFigure, type TrendFigure } from './trend-figure.ts';

/** Lives of findings that one change mends. */
export type LifeGroup = { readonly title: ActionTitle; readonly lives: readonly FindingLife[] };

/** A finding named in the sentence of what changed. */
export type NamedLife = { readonly anchor: string; readonly title: Text; readonly target: string };

/** How one system's findings went over the runs. */
export type SystemLife = {
  readonly single: boolean;
  readonly none: boolean;
  readonly since: SinceLast | null;
  /** Proven fixed, and reopened, by this run. */
  readonly fixed: readonly NamedLife[];
  readonly reopened: readonly NamedLife[];
  readonly figure: TrendFigure | null;
  /** What asks somebody to do something, or is new, by change; what is set aside; what is over. */
  readonly groups: readonly LifeGroup[];
  readonly aside: readonly FindingLife[];
  readonly over: readonly FindingLife[];
  readonly axis: { readonly from: string; readonly to: string; readonly runs: number };
};

const asideStates: ReadonlySet<TrackState> = new Set<TrackState>(['waived', 'false-positive']);
const overStates: ReadonlySet<TrackState> = new Set<TrackState>(['fixed-verified', 'gone-with-endpoint']);

/** Decides what one system's page shows of the life of its findings; null where the report has no lives. */
export function systemLife(index: ReportIndex, file: SystemFile): SystemLife | null {
  const { lives } = index;
  if (lives === null) return null;
  const own = (lives.bySystem.get(file.system.id) ?? []).toSorted(order);
  const counts = sumTrend(lives.trend, [file.system.id]);
  const { runs } = lives.trend;
  const axis = stripAxis(
    runs,
    own.map(({ life }) => lives.track.strips.get(life.id) ?? []),
  );
  const present = new Set(file.findings.map(({ target, check }) => `${target}\n${check}`));
  const anchorOf = findingAnchors(file);
  const draw = (one: TrackedFinding): FindingLife => {
    const { target, check } = one.life;
    const seenAt = present.has(`${target}\n${check}`) ? anchorOf({ target, check }) : null;
    return findingLife(one, lives, axis, checkOf(index, one), seenAt);
  };
  const open = own.filter(({ state }) => !asideStates.has(state) && !overStates.has(state));
  const days = runs.slice(-axis.columns.size);
  return {
    single: lives.single,
    none: own.length === 0,
    since: sinceLast(runs, counts),
    ...turned(index, lives, own),
    figure: own.length === 0 ? null : trendFigure(lives.trend, counts, ['to-mend', 'coverage']),
    groups: [...groupBy(open, (one) => checkOf(index, one).change)].map(([, some]) => groupOf(index, some, draw)),
    aside: own.filter(({ state }) => asideStates.has(state)).map(draw),
    over: own.filter(({ state }) => overStates.has(state)).map(draw),
    axis: { from: days[0]?.day ?? index.today, to: days.at(-1)?.day ?? index.today, runs: axis.columns.size },
  };
}

/** Latest first, then worst; ties by id. */
function order(a: TrackedFinding, b: TrackedFinding): number {
  const rank = ({ life }: TrackedFinding) => severities.indexOf(life.severity);
  return rank(a) - rank(b) || b.daysLate - a.daysLate || b.ageDays - a.ageDays || compare(a.life.id, b.life.id);
}

function checkOf(index: ReportIndex, { life }: TrackedFinding) {
  return index.checks.get(life.check) ?? unknownCheck(life);
}

function groupOf(
  index: ReportIndex,
  some: readonly TrackedFinding[],
  draw: (one: TrackedFinding) => FindingLife,
): LifeGroup {
  const first = some[0];
  if (first === undefined) throw new Error('a change without findings');
  const check = checkOf(index, first);
  const { key, otherwise } = actionTitle({ check });
  return { title: { key, otherwise }, lives: some.map(draw) };
}

/** What this run proved fixed or saw again after a fix, from what it concluded. */
function turned(
  index: ReportIndex,
  { track, trend }: LifeIndex,
  own: readonly TrackedFinding[],
): Pick<SystemLife, 'fixed' | 'reopened'> {
  const before = trend.runs.at(-2)?.at;
  const named = (state: TrackState): readonly NamedLife[] =>
    own
      .filter((one) => {
        if (one.state !== state || before === undefined) return false;
        const last = (track.history.get(one.life.id) ?? []).findLast(({ event }) => event.kind === 'state');
        return last?.event.kind === 'state' && last.event.to === state && last.at > before;
      })
      .map((one) => ({
        anchor: lifeAnchor(one.life.id),
        title: checkOf(index, one).title,
        target: one.life.target,
      }));
  return { fixed: named('fixed-verified'), reopened: named('reopened') };
}

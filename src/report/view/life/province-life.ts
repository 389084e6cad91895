import { severities } from '../../../model/check.ts';
import { daysBetween } from '../../../model/day.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import { sumTrend } from '../../../model/track/trend.ts';
import type { PageRef } from '../../page-ref.ts';
import { nameOf, type Name } from '../name.ts';
import type { ReportIndex } from '../report-index.ts';
import { lifeAnchor } from './finding-life.ts';
import { overdue } from './organisation-life.ts';
import { sinceLast, type SinceLast } from './since-last.ts';
import { trendFigure, type TrendFigure } from './trend-figure.ts';

/** A waiver or a false alarm whose last day is near. */
export type Lapsing = {
  readonly title: Text;
  readonly as: Message;
  readonly system: Name;
  readonly ref: PageRef;
  readonly until: string;
  readonly days: number;
};

/** Results of a province, not activity. */
export type ProvinceLife = {
  readonly single: boolean;
  readonly since: SinceLast | null;
  readonly toMend: number;
  readonly late: { readonly n: number; readonly mean: number; readonly most: number };
  /** Troubles proven mended up to this run, and the mean days that it took; null where there is none. */
  readonly mended: number;
  readonly meanDays: number | null;
  readonly setAside: number;
  readonly lapsing: readonly Lapsing[];
  readonly moreLapsing: number;
  readonly figure: TrendFigure | null;
};

const shownLapsing = 20;

/** Decides what the province's page shows of the life of its findings; null where the report has no lives. */
export function provinceLife(index: ReportIndex): ProvinceLife | null {
  const { lives, files, fileOf } = index;
  if (lives === null) return null;
  const { trend, track } = lives;
  const counts = sumTrend(trend, trend.systems.keys());
  const late = overdue(index, lives, files).map(({ daysLate }) => daysLate);
  const byId = new Map(track.findings.map((one) => [one.life.id, one]));
  const lapsing = track.tally.lapsing.flatMap(({ finding, until }): readonly Lapsing[] => {
    const one = byId.get(finding);
    const system = one === undefined ? undefined : fileOf.get(one.life.system)?.system;
    if (one === undefined || system === undefined) return [];
    const id = { vi: one.life.check, en: one.life.check };
    return [
      {
        title: index.checks.get(one.life.check)?.title ?? id,
        as: message(`track.state.${one.state}`),
        system: nameOf(system),
        ref: { page: 'system', id: system.id, hash: lifeAnchor(finding) },
        until,
        days: daysBetween(index.today, until),
      },
    ];
  });
  const [fixed, fixedDays] = [total(counts.map((one) => one.fixed)), total(counts.map((one) => one.fixedDays))];
  return {
    single: lives.single,
    since: sinceLast(trend.runs, counts),
    toMend: track.tally.toMend,
    late: {
      n: late.length,
      mean: late.length === 0 ? 0 : Math.round(total(late) / late.length),
      most: Math.max(0, ...late),
    },
    mended: fixed,
    meanDays: fixed === 0 ? null : Math.round((fixedDays / fixed) * 10) / 10,
    setAside: track.tally.setAside,
    lapsing: lapsing.slice(0, shownLapsing),
    moreLapsing: Math.max(0, lapsing.length - shownLapsing),
    figure: trendFigure(trend, counts, [...severities, 'late', 'fixed', 'coverage']),
  };
}

const total = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);

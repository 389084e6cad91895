import { sumTrend } from '../../../model/track/trend.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, type ReportIndex, type SystemFile } from '../report-index.ts';
import { dueView, lifeAnchor, type DueView } from './finding-life.ts';
import type { LifeIndex } from './life-index.ts';
import { sinceLast, standing, type SinceLast, type Standing } from './since-last.ts';
import { trendFigure, type TrendFigure } from './trend-figure.ts';

/** One system beside how it stood at the run before. */
export type SystemMoved = {
  readonly name: Name;
  readonly ref: PageRef;
  readonly standing: Standing;
  readonly late: number;
  readonly fixed: number;
  readonly reopened: number;
  /** Checks observed of those needed, in percent, rounded down. */
  readonly coverage: Message;
  readonly coverageBefore: Message;
};

/** A finding past its day. */
export type OverdueLife = {
  readonly title: Text;
  readonly system: Name;
  readonly ref: PageRef;
  readonly due: DueView;
  readonly daysLate: number;
};

/** How the findings of one organisation's systems went over the runs. */
export type OrganisationLife = {
  readonly single: boolean;
  readonly since: SinceLast | null;
  readonly figure: TrendFigure | null;
  readonly systems: readonly SystemMoved[];
  readonly overdue: readonly OverdueLife[];
  readonly moreOverdue: number;
};

const shownOverdue = 20;

/** Decides what an organisation's page shows of them; null where the report has no lives, or it has no systems. */
export function organisationLife(index: ReportIndex, files: readonly SystemFile[]): OrganisationLife | null {
  const { lives } = index;
  if (lives === null || files.length === 0) return null;
  const { trend } = lives;
  const counts = sumTrend(
    trend,
    files.map(({ system }) => system.id),
  );
  const late = overdue(index, lives, files);
  return {
    single: lives.single,
    since: sinceLast(trend.runs, counts),
    figure: trendFigure(trend, counts, ['to-mend', 'late', 'fixed', 'coverage']),
    systems: lives.single ? [] : files.flatMap((file) => moved(lives, file)).toSorted(mostFirst),
    overdue: late.slice(0, shownOverdue),
    moreOverdue: Math.max(0, late.length - shownOverdue),
  };
}

const mostFirst = (a: SystemMoved, b: SystemMoved) =>
  b.standing.more - a.standing.more || b.standing.toMend - a.standing.toMend || compare(a.name.vi, b.name.vi);

function moved({ trend }: LifeIndex, { system }: SystemFile): readonly SystemMoved[] {
  const counts = sumTrend(trend, [system.id]);
  const [before, now] = [counts.at(-2), counts.at(-1)];
  if (before === undefined || now === undefined) return [];
  return [
    {
      name: nameOf(system),
      ref: { page: 'system', id: system.id, hash: 'dien-bien' },
      standing: standing(before, now),
      late: now.late,
      fixed: now.fixed,
      reopened: now.reopened,
      coverage: percentOf(now.coverage),
      coverageBefore: percentOf(before.coverage),
    },
  ];
}

function percentOf({ seen, needed }: { readonly seen: number; readonly needed: number }): Message {
  return needed === 0 ? message('life.nothing') : message('life.percent', { n: Math.floor((seen / needed) * 100) });
}

/** Findings past their day, the longest first. */
export function overdue(index: ReportIndex, lives: LifeIndex, files: readonly SystemFile[]): readonly OverdueLife[] {
  return files
    .flatMap(({ system }) =>
      (lives.bySystem.get(system.id) ?? []).flatMap(({ life, due, daysLate }): readonly OverdueLife[] => {
        if (daysLate === 0 || due === undefined) return [];
        const id = { vi: life.check, en: life.check };
        return [
          {
            title: index.checks.get(life.check)?.title ?? id,
            system: nameOf(system),
            ref: { page: 'system', id: system.id, hash: lifeAnchor(life.id) },
            due: dueView(due),
            daysLate,
          },
        ];
      }),
    )
    .toSorted((a, b) => b.daysLate - a.daysLate);
}

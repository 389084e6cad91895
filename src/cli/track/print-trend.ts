import { severities } from '../../model/check.ts';
import { toMendOf } from '../../model/track/trend.ts';
import type { LoadedTrend, TrendPoint } from '../../pipeline/load-trend.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { wrap } from '../wrap.ts';

/** The published form of a point; keys are a contract. `subject` null: the province. */
export function publishedPoint(
  subject: string | null,
  zone: string,
  { run, count }: TrendPoint,
): Readonly<Record<string, unknown>> {
  const { toMend, byReading, unseen, fresh, fixedDays, ...rest } = count;
  return {
    subject,
    zone,
    run: run.run,
    at: run.at,
    day: run.day,
    checksChanged: run.checks,
    dataChanged: run.data,
    toldApart: run.toldApart,
    toMend: { total: toMendOf(count), ...toMend },
    byReading,
    unseen,
    fresh,
    ...rest,
    meanDaysToFix: count.fixed === 0 ? null : fixedDays / count.fixed,
  };
}

/** For people: a row for each run, the newest last, then what the signs mean and what our own changes did. */
export function printTrend(output: Output, { run, name, points }: LoadedTrend): void {
  const { say, colors } = output;
  output.line(
    colors.bold(
      say('life.cli.title', {
        subject: name === undefined ? say('report.province.eyebrow') : safeText(name),
        zone: safeText(run.zone),
        runs: points.length,
      }),
    ),
  );
  if (points.length === 1) output.line(say('life.one-run'));
  output.line();
  const head = columns.map((key) => say(`life.cli.column.${key}`));
  const rows = points.map((point) => cellsOf(output, point));
  const widths = head.map((word, at) => Math.max(...[word, ...rows.map((row) => row[at] ?? '')].map(visibleWidth)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? pad(cell, widths[at], 'end') : pad(cell, widths[at], 'start'))).join('  ');
  output.line(colors.bold(line(head)));
  for (const [at, row] of rows.entries()) output.line(`${line(row)}  ${notesOf(output, points[at])}`.trimEnd());
  output.line();
  for (const key of ['signs', 'severities', 'changes'])
    for (const one of wrap(say(`life.cli.legend.${key}`), output.width, '', '  ')) output.line(colors.dim(one));
}

const columns = [
  'day',
  'to-mend',
  ...severities,
  'unseen',
  'late',
  'opened',
  'reopened',
  'fixed',
  'refuted',
  'mean',
  'coverage',
] as const;

function cellsOf(output: Output, { run, count }: TrendPoint): readonly string[] {
  const number = new Intl.NumberFormat(output.lang === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 });
  const n = (value: number) => number.format(value);
  const unseen = severities.reduce((all, severity) => all + count.unseen[severity], 0);
  const { seen, needed } = count.coverage;
  const percent = needed === 0 ? '–' : `${n(seen)}/${n(needed)} (${Math.floor((seen / needed) * 100)}%)`;
  return [
    run.day,
    n(toMendOf(count)),
    ...severities.map((severity) => n(count.toMend[severity])),
    n(unseen),
    n(count.late),
    n(count.opened),
    n(count.reopened),
    n(count.fixed),
    n(count.refuted),
    count.fixed === 0 ? '–' : n(count.fixedDays / count.fixed),
    percent,
  ];
}

/** What changed in the reading, and how many findings came and went by that alone. */
function notesOf({ say, colors }: Output, point: TrendPoint | undefined): string {
  if (point === undefined) return '';
  const { run, count } = point;
  const signs = [...(run.checks ? ['◆'] : []), ...(run.data ? ['◇'] : [])].join('');
  const notes = [
    ...(signs === '' ? [] : [signs]),
    ...(run.toldApart ? [] : [say('life.cli.untold')]),
    ...(count.firstLook === 0 ? [] : [say('life.cli.first-look', { n: count.firstLook })]),
    ...(count.raised === 0 ? [] : [say('life.cli.raised', { n: count.raised })]),
    ...(count.dropped === 0 ? [] : [say('life.cli.dropped', { n: count.dropped })]),
    ...(count.gone === 0 ? [] : [say('life.cli.gone', { n: count.gone })]),
  ];
  return colors.dim(notes.join(' · '));
}

function pad(text: string, width = 0, where: 'start' | 'end'): string {
  const space = ' '.repeat(Math.max(0, width - visibleWidth(text)));
  return where === 'start' ? space + text : text + space;
}

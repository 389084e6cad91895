import { describe, expect, it } from 'vitest';
import { noCount, type TrendCount, type TrendRun } from '../../../src/model/track/trend.ts';
import type { Mark } from '../../../src/model/track/sighting.ts';
import { ownData } from '../../../src/report/own-data.ts';
import { stripAxis, stripView } from '../../../src/report/view/life/strip.ts';
import { trendFigure } from '../../../src/report/view/life/trend-figure.ts';
import { sinceLast } from '../../../src/report/view/life/since-last.ts';
import { reportIndex } from '../../../src/report/view/report-index.ts';
import { provinceLife } from '../../../src/report/view/life/province-life.ts';
import { systemLife } from '../../../src/report/view/life/system-life.ts';
import { fixture } from '../fixture.ts';

const day = (n: number) => `2026-01-${String(n + 1).padStart(2, '0')}`;
const run = (n: number, more: Partial<TrendRun> = {}): TrendRun => ({
  run: `r${n}`,
  at: `${day(n)}T00:00:00.000Z`,
  day: day(n),
  checks: false,
  data: false,
  toldApart: true,
  ...more,
});
const seen = (finding: string, marks: Readonly<Record<string, Mark>>) =>
  Object.entries(marks).map(([name, mark]) => ({
    run: name,
    finding,
    mark,
    at: `${day(Number(name.slice(1)))}T00:00:00.000Z`,
  }));

describe('a strip', () => {
  it('is one path a kind of mark, each run in its own column', () => {
    const strip = seen('f', { r1: 'fail', r2: 'fail', r3: 'not-observed', r4: 'pass' });
    const axis = stripAxis(
      [0, 1, 2, 3, 4].map((n) => run(n)),
      [strip],
    );
    const view = stripView(strip, axis);
    expect(view.width).toBe(60);
    expect(view.paths).toEqual([
      { mark: 'pass', d: 'M54 6h0' },
      { mark: 'fail', d: 'M18 6h12' },
      { mark: 'not-observed', d: 'M42 6h0' },
    ]);
    expect(view.said.map(({ n, word }) => `${n} ${word.key}`)).toEqual([
      '2 words.outcome.fail',
      '1 words.outcome.not-observed',
      '1 words.outcome.pass',
    ]);
  });

  it('keeps the last 53 runs, has room for a verification between them, and adds up what is long', () => {
    const marks = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`r${n}`, n % 2 === 0 ? ('fail' as const) : ('pass' as const)]),
    );
    const view = stripView(
      seen('f', marks),
      stripAxis(
        [...Array(20).keys()].map((n) => run(n)),
        [],
      ),
    );
    expect(view.title.key).toBe('life.strip-totals');
    expect(view.said.map(({ n }) => n)).toEqual([10, 10]);
    const verified = [{ run: 'v', finding: 'f', mark: 'pass' as const, at: '2026-01-02T09:00:00.000Z' }];
    expect(stripAxis([run(0), run(1), run(2)], [verified]).columns.get('v')).toBe(2);
    expect(
      stripAxis(
        [...Array(80).keys()].map((n) => ({ run: `r${n}`, at: String(n).padStart(3, '0') })),
        [],
      ).columns.get('r27'),
    ).toBe(0);
  });
});

describe('charts', () => {
  const count = (high: number, more: Partial<TrendCount> = {}): TrendCount => ({
    ...noCount,
    toMend: { ...noCount.toMend, high },
    coverage: { seen: 10, needed: 10 },
    ...more,
  });
  const by = (high: number) => ({ ...noCount.unseen, high });

  it('hatch what a run did not see again, outline what came by our checks, and mark both', () => {
    const counts = [
      count(4),
      count(4, { unseen: by(3), coverage: { seen: 2, needed: 10 } }),
      count(8, { byReading: by(4), raised: 4 }),
    ];
    const figure = trendFigure({ runs: [run(0), run(1), run(2, { checks: true })] }, counts, [
      'high',
      'critical',
      'coverage',
    ]);
    expect(figure?.rows.map(({ label }) => label.key)).toEqual(['words.severity.high', 'life.measure.coverage']);
    expect(figure?.rows[0]?.paths).toEqual({
      solid: 'M1 20h22v20h-22zM25 35h22v5h-22zM49 20h22v20h-22z',
      unseen: 'M25 20h22v15h-22z',
      reading: 'M49 0h22v20h-22z',
      fresh: '',
    });
    expect(figure?.low).toBe('M24 0h24v40h-24z');
    expect(figure?.checks).toBe('M60 1l4 4l-4 4l-4-4z');
    expect(figure?.table.rows[0]).toMatchObject({ raised: 4, reading: { key: 'life.reading.checks' } });
  });

  it('put runs that tell the same into one row, and draw nothing of one run', () => {
    const figure = trendFigure(
      { runs: [0, 1, 2, 3].map((n) => run(n)) },
      [count(1), count(1), count(1), count(2)],
      ['to-mend'],
    );
    expect(figure?.table.rows.map(({ from, to, runs }) => [from, to, runs])).toEqual([
      [day(3), null, 1],
      [day(0), day(2), 3],
    ]);
    expect(trendFigure({ runs: [run(0)] }, [count(1)], ['to-mend'])).toBeNull();
    expect(sinceLast([run(0)], [count(1)])).toBeNull();
  });
});

describe('the life of findings on pages', () => {
  const data = fixture();
  const index = reportIndex(data);

  it('says of one run that there is nothing to compare, and nothing where there are no lives', () => {
    const trend = data.track?.trend;
    if (data.track === undefined || trend === undefined) throw new Error('no trend');
    const first = { runs: trend.runs.slice(0, 1), systems: trend.systems };
    expect(provinceLife(reportIndex({ ...data, track: { ...data.track, trend: first } }))).toMatchObject({
      single: true,
      since: null,
      figure: null,
    });
    const { track: _track, ...none } = data;
    expect(provinceLife(reportIndex(none))).toBeNull();
  });

  it('names what this run proved mended and saw come back', () => {
    const file = index.fileOf.get('cong-dich-vu-cong');
    const life = file === undefined ? null : systemLife(index, file);
    expect(life?.fixed.map(({ title }) => title.en)).toEqual(['The certificate is still valid']);
    expect(life?.reopened.map(({ title }) => title.en)).toEqual(['Only strong cipher suites are accepted']);
    // Every life is on the page once.
    const shown = [
      ...(life?.groups.flatMap(({ lives }) => lives) ?? []),
      ...(life?.aside ?? []),
      ...(life?.over ?? []),
    ];
    expect(new Set(shown.map(({ anchor }) => anchor)).size).toBe(
      data.track?.findings.filter(({ life: one }) => one.system === 'cong-dich-vu-cong').length,
    );
  });

  it('gives an owner no count of anybody else', () => {
    const own = ownData(data, 'so-y-te');
    expect([...(own.track?.trend?.systems.keys() ?? [])].sort()).toEqual(['benh-an', 'tiem-chung']);
    expect(provinceLife(reportIndex(own))?.toMend).toBeLessThan(provinceLife(index)?.toMend ?? 0);
  });
});

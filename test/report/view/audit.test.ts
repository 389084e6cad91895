import { describe, expect, it } from 'vitest';
import type { LayerVerdict } from '../../../src/model/layer-status.ts';
import type { SystemLevel } from '../../../src/model/level.ts';
import type { ReportData } from '../../../src/model/report-data.ts';
import { auditPage } from '../../../src/report/view/audit/audit-page.ts';
import { reportIndex } from '../../../src/report/view/report-index.ts';
import { fixture } from '../fixture.ts';

const data = fixture();
const page = (change: Partial<ReportData> = {}) => auditPage(reportIndex({ ...data, ...change }));
const level = first(data.levels);
const layer = first(data.layers);

function first<T>(some: readonly T[] | undefined): T {
  const [one] = some ?? [];
  if (one === undefined) throw new Error('the fixture has no levels or layers');
  return one;
}

/** The page over one system whose level and layers stand as told. */
function one(agrees: SystemLevel['agrees'], verdicts: readonly LayerVerdict[], more: Partial<SystemLevel> = {}) {
  const { system } = level;
  return page({
    levels: [{ ...level, agrees, defects: [], questions: [], ...more }],
    layers: verdicts.map((verdict, at) => ({
      ...layer,
      system,
      layer: (at + 1) as 1 | 2 | 3 | 4,
      verdict,
    })),
  }).groups.find(({ rows }) => rows.some(({ ref }) => ref.id === system))?.agreement;
}

const proved: readonly LayerVerdict[] = ['da-chung-minh', 'da-chung-minh', 'da-chung-minh', 'khong-ap-dung'];

describe('the auditor’s page', () => {
  it('lists every system once, and counts each of them in the grid and under one of the six words', () => {
    const { groups, grid, layers, systems } = page();
    const listed = groups.flatMap(({ rows }) => rows.map(({ ref }) => ref.id));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toHaveLength(systems);
    expect(grid.rows.reduce((sum, { total }) => sum + total, 0)).toBe(systems);
    for (const { cells, total } of grid.rows) expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(total);
    for (const { cells } of layers) expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(systems);
  });

  it('says that claim and evidence agree only where the level does and every layer asked for is proved', () => {
    expect(one('yes', proved)).toBe('agree');
    expect(one('yes', ['khai-bao-chua-kiem-chung', ...proved.slice(1)])).toBe('open');
    expect(one('yes', ['het-han', ...proved.slice(1)])).toBe('open');
    expect(one('yes', [])).toBe('open');
    expect(one('yes', ['khong-ap-dung', 'khong-ap-dung', 'khong-ap-dung', 'khong-ap-dung'])).toBe('open');
    expect(one('open', proved)).toBe('open');
    const question = {
      id: 'q',
      fact: 'type',
      what: { key: 'k' },
      target: 't',
      at: '2026-11-22T00:00:00.000Z',
      quote: '',
    };
    expect(one('yes', proved, { questions: [question] })).toBe('open');
  });

  it('says that they differ where a level, a layer or the dossier denies what is claimed', () => {
    expect(one('below', proved)).toBe('differ');
    expect(one('above', proved)).toBe('differ');
    expect(one('yes', ['mau-thuan', ...proved.slice(1)])).toBe('differ');
    const defect = (weight: 'high' | 'low') => ({ id: 'd', weight, what: { key: 'k' } });
    expect(one('yes', proved, { defects: [defect('high')] })).toBe('differ');
    expect(one('yes', proved, { defects: [defect('low')] })).toBe('agree');
  });

  it('does not call a higher claim denied in the grid while a missing fact may bear it out', () => {
    const { grid } = page({ levels: [{ ...level, claimed: 4, agrees: 'open' }] });
    const cells = grid.rows.flatMap((row) => row.cells).filter(({ n }) => n > 0);
    expect(cells.map(({ tone }) => tone)).toEqual(['unproven']);
  });

  it('puts inconsistencies and questions in order, and stands without any of the three', () => {
    const { defects, laws } = page();
    expect(defects.length).toBeGreaterThan(3);
    const order = ['critical', 'high', 'medium', 'low'].map((one) => `words.severity.${one}`);
    const weights = defects.map(({ weight }) => order.indexOf(weight.key));
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(laws.map(({ id }) => id).toSorted()).toEqual(data.frameworks.map(({ id }) => id).toSorted());
    const { levels: _levels, layers: _layers, tasks: _tasks, ...older } = data;
    const bare = auditPage(reportIndex(older));
    expect(bare.groups.map(({ agreement }) => agreement)).toEqual(['open']);
    expect(bare.questions).toEqual([]);
    expect([bare.told, bare.answer.map(({ said }) => said.key)]).toEqual([
      false,
      ['report.answer.audit-untold', 'report.answer.audit-open'],
    ]);
    expect(bare.answer.every(({ tone }) => tone === 'unproven')).toBe(true);
  });
});

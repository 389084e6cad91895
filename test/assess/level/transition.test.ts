import { describe, expect, test } from 'vitest';
import { regimeOf } from '../../../src/assess/level/regime.ts';
import type { Classification } from '../../../src/model/inventory/classification.ts';
import { book, classified, explain } from './build.ts';

const old = { number: '1/QĐ', date: '2024-09-12' };
const procedures = {
  type: 'phuc-vu-nguoi-dan-doanh-nghiep',
  administrativeProcedures: true,
  publicServiceLevel: 2,
} as const;
const building = { state: 'dang-xay-dung', since: '2026-03-01' } as const;

describe('the law that a level stands under', () => {
  const regime = (over: Partial<Classification>, onDay = '2026-11-25') => regimeOf(classified(over), onDay, book);

  test.each([
    ['a decision before 1/7/2026', { decision: old }, '2026-11-25', 'nd-85-2016'],
    ['a decision of 30/6/2026', { decision: { number: '1', date: '2026-06-30' } }, '2026-11-25', 'nd-85-2016'],
    ['a decision of 1/7/2026', { decision: { number: '1', date: '2026-07-01' } }, '2026-11-25', 'nd-331-2026'],
    ['no decision', {}, '2026-11-25', 'nd-331-2026'],
    ['no decision, before the new law', {}, '2026-06-30', 'nd-85-2016'],
    ['what the inventory says', { regime: 'nd-85-2016' }, '2026-11-25', 'nd-85-2016'],
    [
      'under construction before 1/7/2026 (Đ39.1), within six months',
      { operation: building },
      '2026-12-31',
      'nd-85-2016',
    ],
    ['the same after six months', { operation: building }, '2027-01-01', 'nd-331-2026'],
    ['construction begun after', { operation: { ...building, since: '2026-07-01' } }, '2026-11-25', 'nd-331-2026'],
    ['construction of unknown beginning', { operation: { state: 'dang-xay-dung' } }, '2026-11-25', 'nd-331-2026'],
  ] as const)('%s', (_what, over, onDay, expected) => {
    expect(regime(over, onDay)).toBe(expected);
  });
});

describe('a level approved under the old law (Law 116 Đ45.1)', () => {
  const kept = classified({
    level: 2,
    dossier: 'da-phe-duyet',
    decision: old,
    regulation: old,
    facts: { ...procedures, conditionalBusiness: false },
  });

  test('is not denied by the new criteria, which are shown beside', () => {
    const told = explain(kept);
    expect(told).toMatchObject({ regime: 'nd-85-2016', agrees: 'yes', kept: true, defects: [] });
    expect(told.answers.map(({ regime, level, article }) => [regime, level, article])).toEqual([
      ['nd-85-2016', 2, 'Đ8.2.a'],
      ['nd-331-2026', 3, 'Đ13.2.b'],
    ]);
  });

  test('is denied by the old criteria themselves', () => {
    const facts = { ...procedures, publicServiceLevel: 3 };
    const told = explain(classified({ level: 2, dossier: 'da-phe-duyet', decision: old, regulation: old, facts }));
    expect(told.agrees).toBe('below');
    expect(told.defects[0]).toMatchObject({ id: 'below-facts', weight: 'critical', article: 'Đ9.2.a' });
  });

  test('owes the measures of the new law until 30/6/2027, unless they are in place', () => {
    const measures = (onDay: string, over: Partial<Classification> = {}) =>
      explain(
        { ...kept, classification: { level: 2, dossier: 'da-phe-duyet', ...kept.classification, ...over } },
        onDay,
      ).due.find(({ what }) => what.key === 'level.due.measures');
    expect(measures('2026-11-25')).toMatchObject({ due: '2027-06-30', overdue: false });
    expect(measures('2027-06-30')?.overdue).toBe(false);
    expect(measures('2027-07-02')).toMatchObject({ overdue: true, late: 2 });
    expect(measures('2026-11-25', { implementation: { state: 'day-du' } })).toBeUndefined();
    expect(measures('2026-06-01')).toBeUndefined();
  });
});

test('under construction before 1/7/2026: approval by 31/12/2026, measures by 30/6/2027 (Đ39.1)', () => {
  const due = explain(classified({ operation: building })).due.map(({ what, due: day, article }) => [
    what.key,
    day,
    article,
  ]);
  expect(due).toEqual([
    ['level.due.building-approval', '2026-12-31', 'Đ39.1'],
    ['level.due.measures', '2027-06-30', 'Đ39.1'],
  ]);
});

test('never classified: at once, without a term', () => {
  const { classification: _none, ...never } = classified({});
  const told = explain(never);
  expect(told).toMatchObject({ claimed: null, agrees: 'not-claimed', official: null, extra: 'chua-lap' });
  expect(told.due).toMatchObject([{ what: { key: 'level.due.classify' }, overdue: true }]);
  expect(told.due[0]).not.toHaveProperty('due');
  expect(told.defects.map(({ id }) => id)).toEqual(['never-classified']);
});

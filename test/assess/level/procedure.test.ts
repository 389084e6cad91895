import { describe, expect, test } from 'vitest';
import { levels, type Level, type Regime } from '../../../src/model/inventory/level-words.ts';
import type { LevelFacts } from '../../../src/model/inventory/classification.ts';
import { classified, explain } from './build.ts';

/** Facts that make each level, so that the procedure follows the answer. */
const factsFor: Readonly<Record<Level, LevelFacts>> = {
  1: { type: 'noi-bo', information: ['cong-cong'] },
  2: { type: 'noi-bo', information: ['rieng'] },
  3: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', administrativeProcedures: true, publicServiceLevel: 4 },
  4: { nationalSystem: true, nonStop: true },
  5: { nationalDataStore: true },
};
const at = (level: Level, regime: Regime) =>
  explain(classified({ level, facts: factsFor[level] }), '2026-11-25', regime);

describe('who appraises and approves', () => {
  test.each([
    [1, 'nd-331-2026', 'specialised-unit', 'Đ18.1', 'specialised-unit', 'Đ18.1, Đ20.3.a', ['01']],
    [2, 'nd-331-2026', 'specialised-unit', 'Đ18.1', 'specialised-unit', 'Đ18.1, Đ20.3.a', ['01']],
    [3, 'nd-331-2026', 'specialised-unit', 'Đ18.2.a', 'owner', 'Đ18.2.b, Đ20.3.b', ['02', '04', '05', '06']],
    [4, 'nd-331-2026', 'ministry', 'Đ18.3.a', 'owner', 'Đ18.3.d, Đ20.3.b', ['03', '02', '04', '05', '06']],
    [5, 'nd-331-2026', 'ministry', 'Đ18.3.a', 'prime-minister', 'Đ18.3.đ, Đ20.3.c', ['03', '02', '04', '05', '07']],
    [1, 'nd-85-2016', 'specialised-unit', 'Đ12.1', 'specialised-unit', 'Đ12.1, Đ14.3.a', []],
    [3, 'nd-85-2016', 'specialised-unit', 'Đ12.2.a', 'owner', 'Đ12.2.b, Đ14.3.b', []],
    [4, 'nd-85-2016', 'ministry', 'Đ12.3.a', 'owner', 'Đ12.3.d, Đ14.3.b', []],
    [5, 'nd-85-2016', 'ministry', 'Đ12.3.a', 'prime-minister', 'Đ12.3.đ, Đ14.3.c', []],
  ] as const)('level %i by %s', (level, regime, appraiser, appraisedBy, approver, approvedBy, forms) => {
    const told = at(level, regime);
    expect(told.appraiser).toMatchObject({ authority: appraiser, article: appraisedBy });
    expect(told.approver).toMatchObject({ authority: approver, article: approvedBy });
    expect(told.forms.map(({ number }) => number)).toEqual(forms);
  });

  test('names the organisations of the inventory', () => {
    expect(at(3, 'nd-331-2026').appraiser?.organisation).toBe('ca');
    expect(at(3, 'nd-331-2026').approver?.organisation).toBe('ubnd');
    expect(at(4, 'nd-331-2026').appraiser?.name.vi).toBe('Bộ Công an');
    expect(at(4, 'nd-85-2016').appraiser?.name.vi).toBe('Bộ Thông tin và Truyền thông');
  });

  test.each([3, 4] as const)('level %i on the list of national security follows level 5 (Đ20.4)', (level) => {
    const listed = classified({ level, facts: factsFor[level], nationalSecurityList: { state: 'da-dua-vao' } });
    const told = explain(listed);
    expect([told.appraiser?.authority, told.approver?.authority]).toEqual(['ministry', 'prime-minister']);
    expect(told.appraiser?.article).toContain('Đ20.4');
    expect(told.deadlines.find(({ term }) => term === 'appraisal')?.days).toBe(25);
    const proposed = classified({ level, facts: factsFor[level], nationalSecurityList: { state: 'da-de-nghi' } });
    expect(explain(proposed).approver?.authority).toBe('owner');
  });

  test.each([
    ['quan-su', 'defence', 'Đ18.3.b'],
    ['quoc-phong', 'defence', 'Đ18.3.b'],
    ['co-yeu', 'cipher', 'Đ18.3.c'],
  ] as const)('%s: level 4 is appraised by %s, level 3 by the unit', (excluded, authority, article) => {
    const told = explain(classified({ level: 4, facts: factsFor[4] }, { excluded }));
    expect(told.appraiser).toMatchObject({ authority, article });
    expect(explain(classified({ level: 3, facts: factsFor[3] }, { excluded })).appraiser?.authority).toBe(
      'specialised-unit',
    );
  });

  test('a unit in charge that also operates may not appraise alone (Đ18.4)', () => {
    expect(explain(classified({ facts: factsFor[3] }, { operator: 'ca' })).independence?.article).toBe('Đ18.4');
    expect(explain(classified({ facts: factsFor[3] })).independence).toBeNull();
    expect(
      explain(classified({ facts: factsFor[3] }, { operator: 'ca' }), '2026-11-25', 'nd-85-2016').independence,
    ).toBeNull();
  });
});

describe('terms of the dossier', () => {
  const dossier = { level: 3, dossier: 'da-gui-tham-dinh', facts: factsFor[3], submitted: '2026-11-02' } as const;
  const term = (name: string, over: object, onDay: string) =>
    explain(classified({ ...dossier, ...over }), onDay).deadlines.find((one) => one.term === name);

  test.each(levels)('of level %i by Decree 331 (Đ23.2, Đ23.3, Đ24.2)', (level) => {
    const days = Object.fromEntries(at(level, 'nd-331-2026').deadlines.map((one) => [one.term, [one.days, one.unit]]));
    const appraisal = level <= 2 ? {} : { appraisal: [level === 3 ? 15 : 25, 'working-days'] };
    expect(days).toEqual({ reply: [5, 'working-days'], ...appraisal, approval: [7, 'working-days'] });
  });

  test.each(levels)('of level %i by Decree 85 (Đ16.2, Đ17.2)', (level) => {
    const days = Object.fromEntries(at(level, 'nd-85-2016').deadlines.map((one) => [one.term, [one.days, one.unit]]));
    const appraisal = level <= 2 ? {} : { appraisal: [level === 3 ? 15 : 30, 'days'] };
    expect(days).toEqual({ ...appraisal, approval: [7, 'working-days'] });
  });

  test('the answer is due in 5 working days (Đ23.2), then late by working days', () => {
    expect(term('reply', {}, '2026-11-09')).toMatchObject({ due: '2026-11-09', state: 'running' });
    expect(term('reply', {}, '2026-11-10')).toMatchObject({ state: 'overdue', late: 1 });
    expect(term('reply', {}, '2026-11-15')).toMatchObject({ state: 'overdue', late: 4 });
    expect(term('reply', { accepted: '2026-11-09' }, '2026-11-25')).toMatchObject({
      state: 'done',
      doneOn: '2026-11-09',
    });
    expect(term('reply', { returned: '2026-11-11' }, '2026-11-25')).toMatchObject({ state: 'done-late', late: 2 });
  });

  test('the appraisal of level 3 runs 15 working days from the whole dossier (Đ23.3.a)', () => {
    const accepted = { accepted: '2026-11-04' };
    expect(term('appraisal', {}, '2026-11-25')).toMatchObject({ state: 'not-begun' });
    expect(term('appraisal', accepted, '2026-11-25')).toMatchObject({ due: '2026-11-26', state: 'running' });
    expect(term('appraisal', accepted, '2026-11-27')).toMatchObject({ state: 'overdue', late: 1 });
    const appraisal = { document: { number: '1', date: '2026-11-26' }, conclusion: 'phu-hop' };
    expect(term('appraisal', { ...accepted, appraisal }, '2026-12-25')).toMatchObject({ state: 'done' });
  });

  test('the approval runs 7 working days from the whole dossier for approval (Đ24.2)', () => {
    const over = { approvalReceived: '2026-11-16' };
    expect(term('approval', over, '2026-11-26')).toMatchObject({ due: '2026-11-26', state: 'running' });
    const decision = { number: '1', date: '2026-11-30' };
    expect(term('approval', { ...over, decision }, '2026-12-30')).toMatchObject({ state: 'done-late', late: 2 });
  });

  test('a year without a calendar is told', () => {
    const over = { submitted: '2024-03-01' };
    expect(term('reply', over, '2026-11-25')).toMatchObject({ state: 'no-calendar', noCalendar: 2024 });
  });
});

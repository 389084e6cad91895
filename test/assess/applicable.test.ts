import { describe, expect, test } from 'vitest';
import { applicableFrameworks, applicableObligations, provinceObligations } from '../../src/assess/applicable.ts';
import type { Framework } from '../../src/model/framework.ts';
import type { System } from '../../src/model/inventory.ts';
import { framework, obligation, system, today } from './build.ts';

const ids = (one: System, texts: readonly Framework[], onDay = today, province = 'lai-chau') =>
  applicableObligations(one, texts, onDay, province).map((each) => each.obligation.id);
const level = (n: 1 | 2 | 3 | 4 | 5, over: Partial<NonNullable<System['classification']>> = {}) =>
  system({ classification: { level: n, dossier: 'da-phe-duyet', ...over } });

describe('days', () => {
  const text = framework([obligation()], { inForce: { from: '2026-07-01', to: '2026-12-31' } });
  test.each([
    ['2026-06-30', 0],
    ['2026-07-01', 1],
    ['2026-12-31', 1],
    ['2027-01-01', 0],
  ])('on %s, %i obligations bind', (day, n) => {
    expect(ids(system(), [text], day)).toHaveLength(n);
  });
});

describe('levels', () => {
  const some = obligation({ id: 'law/some', levels: { 3: '5.1', 4: '6.2' } });
  const every = obligation({ id: 'law/every', levels: { 1: '3', 2: '4', 3: '5', 4: '6', 5: '7' } });
  const none = obligation({ id: 'law/none' });
  const text = framework([some, every, none]);

  test('each level is bound by its own clause', () => {
    const clauses = (n: 1 | 2 | 3 | 4 | 5) =>
      applicableObligations(level(n), [text], today, 'x').map((one) => one.clause);
    expect(clauses(3)).toEqual(['5.1', '5', 'Đ1']);
    expect(clauses(4)).toEqual(['6.2', '6', 'Đ1']);
    expect(clauses(2)).toEqual(['4', 'Đ1']);
  });

  test('without a level, only what binds at every level, and no clause is named', () => {
    const bound = applicableObligations(system(), [text], today, 'x');
    expect(bound.map((one) => [one.obligation.id, one.clause])).toEqual([
      ['law/every', undefined],
      ['law/none', 'Đ1'],
    ]);
  });
});

describe('the two regimes', () => {
  const old = framework([obligation({ id: 'old/1' })], {
    id: 'old',
    regimes: [{ regime: 'nd-85-2016', to: '2027-06-30' }],
  });
  const now = framework([obligation({ id: 'now/1' })], {
    id: 'now',
    regimes: [{ regime: 'nd-331-2026' }, { regime: 'nd-85-2016', from: '2027-07-01' }],
  });
  const decided = (date: string) => level(3, { decision: { number: '1/QĐ', date } });

  test.each([
    ['named in the inventory', level(3, { regime: 'nd-85-2016' }), ['old/1']],
    ['approved before 1/7/2026', decided('2026-06-30'), ['old/1']],
    ['approved on 1/7/2026', decided('2026-07-01'), ['now/1']],
    [
      'named against the day',
      level(3, { regime: 'nd-85-2016', decision: { number: '1', date: '2026-09-01' } }),
      ['old/1'],
    ],
    ['not approved', level(3, { dossier: 'dang-du-thao' }), ['now/1']],
    ['not classified', system(), ['now/1']],
  ])('a system %s', (_what, one, expected) => {
    expect(ids(one, [old, now])).toEqual(expected);
  });

  test('twelve months after the law, the old level answers to the new measures', () => {
    expect(ids(decided('2025-01-01'), [old, now], '2027-06-30')).toEqual(['old/1']);
    expect(ids(decided('2025-01-01'), [old, now], '2027-07-01')).toEqual(['now/1']);
  });
});

describe('directives', () => {
  const task = { quote: 'q', owner: { vi: 'a', en: 'b' }, province: 'lai-chau' };
  const text = framework(
    [
      obligation({ id: 'law/each', task }),
      obligation({ id: 'law/critical', task, criticalOnly: true }),
      obligation({ id: 'law/whole', task: { ...task, provinceWide: true } }),
    ],
    { kind: 'directive' },
  );

  test('bind their own province', () => {
    expect(ids(system(), [text])).toEqual(['law/each']);
    expect(ids(system(), [text], today, 'lao-cai')).toEqual([]);
    expect(applicableFrameworks([text], today, 'lao-cai')).toEqual([]);
  });

  test('ask some things of critical systems only', () => {
    expect(ids(system({ critical: { basis: 'QĐ 1' } }), [text])).toEqual(['law/each', 'law/critical']);
  });

  test('ask some things of the province and of no system', () => {
    const whole = provinceObligations([text], today, 'lai-chau').map((one) => one.obligation.id);
    expect(whole).toEqual(['law/whole']);
    expect(provinceObligations([text], today, 'lao-cai')).toEqual([]);
  });
});

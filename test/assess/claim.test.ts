import { describe, expect, test } from 'vitest';
import { claimOf } from '../../src/assess/claim.ts';
import { always, never } from '../../src/assess/held-claim.ts';

import type { System } from '../../src/model/inventory.ts';
import { system } from './build.ts';

type Classification = NonNullable<System['classification']>;
const classified = (over: Partial<Classification>) =>
  system({ classification: { level: 2, dossier: 'da-phe-duyet', ...over } });
const document = { number: '1/QĐ', date: '2026-03-01' };

describe('the approval of a level', () => {
  test('is shown by the decision', () => {
    expect(claimOf(classified({ decision: document }), 'level')).toEqual({
      claim: { says: true, on: '2026-03-01', document: '1/QĐ' },
      deniedFrom: '2026-03-01',
    });
  });

  test('claimed without a decision denies itself', () => {
    expect(claimOf(classified({}), 'level')?.deniesItself).toBe(true);
  });

  test('is not there while the dossier is on its way', () => {
    expect(claimOf(classified({ dossier: 'da-tham-dinh', decision: document }), 'level')?.claim.says).toBe(false);
  });

  test('of a critical system without any level is refused; of another nothing is known', () => {
    expect(claimOf(system({ critical: { basis: 'QĐ 1' } }), 'level')?.claim.says).toBe(false);
    expect(claimOf(system(), 'level')).toBeUndefined();
  });
});

describe('the quy chế', () => {
  test.each([
    ['2026-02-28', false],
    ['2026-03-01', false],
    ['2026-03-02', true],
  ])('issued on %s for a level approved on 1/3: too late %s', (date, late) => {
    const one = classified({ decision: document, regulation: { number: '2/QĐ', date } });
    expect(claimOf(one, 'level.regulation')?.deniesItself).toBe(late);
  });

  test('that is not in the inventory is no claim', () => {
    expect(claimOf(classified({ decision: document }), 'level.regulation')).toBeUndefined();
  });
});

describe('the least level that the facts ask (Decree 331 Đ11-13)', () => {
  const online = { type: 'phuc-vu-nguoi-dan-doanh-nghiep' } as const;
  const cases: [string, NonNullable<Classification['facts']>, number | undefined, string?][] = [
    ['nothing recorded', {}, undefined],
    ['internal, public information only', { type: 'noi-bo', information: ['cong-cong'] }, 1, 'Đ11.1'],
    ['internal, personal information', { type: 'noi-bo', information: ['cong-cong', 'ca-nhan'] }, 2, 'Đ12.1'],
    ['internal, kind of information unknown', { type: 'noi-bo' }, undefined],
    ['online service', online, 2, 'Đ12.2'],
    ['99,999 subjects of basic data', { ...online, basicDataSubjects: 99_999 }, 2, 'Đ12.2'],
    ['100,000 subjects of basic data', { ...online, basicDataSubjects: 100_000 }, 3, 'Đ13.2.c'],
    ['10,000 subjects of sensitive data', { ...online, sensitiveDataSubjects: 10_000 }, 3, 'Đ13.2.c'],
    ['administrative procedures', { administrativeProcedures: true }, 3, 'Đ13.2.b'],
    ['state secrets', { information: ['bi-mat-nha-nuoc'] }, 3, 'Đ13.1'],
    ["one body's infrastructure", { type: 'co-so-ha-tang', infrastructureScope: 'mot-co-quan' }, 2, 'Đ12.3'],
    ["a province's infrastructure", { type: 'co-so-ha-tang', infrastructureScope: 'bo-nganh-tinh' }, 3, 'Đ13.3'],
  ];
  test.each(cases)('%s', (_what, facts, level, clause) => {
    const least = minimumLevel(classified({ facts }));
    expect(least).toEqual(level === undefined ? undefined : { level, clause });
  });

  test('denies a level below it, not one at it', () => {
    const facts = { administrativeProcedures: true };
    expect(claimOf(classified({ facts, level: 2 }), 'level.facts')?.deniesItself).toBe(true);
    expect(claimOf(classified({ facts, level: 3 }), 'level.facts')?.deniesItself).toBe(false);
  });

  test('does not deny a level that the old law approved and the new one keeps', () => {
    const facts = { administrativeProcedures: true };
    expect(claimOf(classified({ facts, level: 2, decision: document }), 'level.facts')?.deniesItself).toBe(false);
  });
});

describe('layers', () => {
  test('a report is not denied by findings, the claim that they were mended is', () => {
    const report = system({ layers: { assessment: { claimed: true, report: document } } });
    expect(claimOf(report, 'layers.3')).toEqual({
      claim: { says: true, on: '2026-03-01', document: '1/QĐ' },
      deniedFrom: never,
    });
    const mended = system({ layers: { assessment: { claimed: true, report: document, remediatedOn: '2026-05-01' } } });
    expect(claimOf(mended, 'layers.3')?.deniedFrom).toBe('2026-05-01');
  });

  test('an assessor who is not independent does not make the third layer', () => {
    const one = system({ layers: { assessment: { claimed: true, independent: false, report: document } } });
    expect(claimOf(one, 'layers.3')?.claim.says).toBe(false);
  });

  test('the next assessment due is the last day of the one before', () => {
    const one = system({ layers: { assessment: { claimed: true, report: document, nextDue: '2027-03-01' } } });
    expect(claimOf(one, 'layers.3')?.claim.until).toBe('2027-03-01');
  });

  test('an undated claim can be denied by any evidence', () => {
    expect(claimOf(system({ layers: { onSite: { claimed: true } } }), 'layers.1')?.deniedFrom).toBe(always);
  });

  const all = {
    onSite: { claimed: true, document },
    monitoring: { claimed: true, document: { number: '2/HĐ', date: '2026-04-29' }, until: '2027-01-01' },
    assessment: { claimed: true, document: { number: '3/BC', date: '2026-04-01' } },
    connection: { claimed: true, document: { number: '4/BB', date: '2026-04-30' }, until: '2026-12-31' },
  };

  test('all four together are as new as the newest, last as long as the shortest', () => {
    expect(claimOf(system({ layers: all }), 'layers')).toEqual({
      claim: { says: true, on: '2026-04-30', document: '1/QĐ; 2/HĐ; 3/BC; 4/BB', until: '2026-12-31' },
      deniedFrom: '2026-04-30',
    });
  });

  test('one layer not claimed leaves no claim of four; one refused refuses all', () => {
    const { onSite: _one, ...three } = all;
    expect(claimOf(system({ layers: three }), 'layers')).toBeUndefined();
    const refused = { ...three, onSite: { claimed: false } };
    expect(claimOf(system({ layers: refused }), 'layers')?.claim.says).toBe(false);
  });

  test('one layer without a document leaves the four without', () => {
    const layers = { ...all, onSite: { claimed: true } };
    expect(claimOf(system({ layers }), 'layers')?.claim.document).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { claimOf } from '../../src/assess/claim.ts';
import { always, never } from '../../src/assess/held-claim.ts';
import type { System } from '../../src/model/inventory.ts';
import { system } from './build.ts';
import { book } from './level/build.ts';

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

describe('the level against the facts', () => {
  const procedures = { administrativeProcedures: true };
  const under = (over: Partial<Classification>, regime: 'nd-331-2026' | 'nd-85-2016' = 'nd-331-2026') =>
    claimOf(classified(over), 'level.facts', { book, regime });

  test('denies a level below what they ask (Decree 331 Đ13.2.b), not one at it', () => {
    expect(under({ facts: procedures, level: 2 })?.deniesItself).toBe(true);
    expect(under({ facts: procedures, level: 3 })?.deniesItself).toBe(false);
  });

  test('does not deny a level that the old law approved and the new one keeps', () => {
    const kept = { facts: procedures, level: 2, decision: document } as const;
    expect(under(kept, 'nd-85-2016')).toEqual({
      claim: { says: true, on: document.date, document: document.number },
      deniedFrom: never,
      deniesItself: false,
    });
    const grade = { ...kept, facts: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', publicServiceLevel: 3 } } as const;
    expect(under(grade, 'nd-85-2016')?.deniesItself).toBe(true);
  });

  test('without facts that decide, or without laws of levels, is no claim', () => {
    expect(under({ facts: {} })).toBeUndefined();
    expect(claimOf(classified({ facts: procedures }), 'level.facts')).toBeUndefined();
  });
});

describe('the dossier (Decree 331 Đ21, Đ22.5; Decree 85 Đ15)', () => {
  const part = (date: string) => ({ number: `${date}/TM`, date });
  const four = {
    description: part('2026-09-01'),
    design: part('2026-09-02'),
    levelReasons: part('2026-09-03'),
    plan: part('2026-09-03'),
  };
  const dossier = (over: Partial<Classification>) =>
    claimOf(classified({ level: 3, dossier: 'da-gui-tham-dinh', ...over }), 'level.dossier', {
      book,
      regime: 'nd-331-2026',
    });

  test('with all its parts is a claim of the day of the last', () => {
    expect(dossier({ documents: four })?.claim).toEqual({
      says: true,
      on: '2026-09-03',
      document: '2026-09-01/TM; 2026-09-02/TM; 2026-09-03/TM',
    });
  });

  test('of level 4 needs the expert opinion and the risk report too', () => {
    expect(dossier({ level: 4, documents: four })?.deniesItself).toBe(true);
    const six = { ...four, expertOpinion: part('2026-09-04'), riskReport: part('2026-09-05') };
    expect(dossier({ level: 4, documents: six })).toMatchObject({ claim: { says: true, on: '2026-09-05' } });
  });

  test('that lacks a part is not done while it is drafted, and contradicts itself once sent', () => {
    const { plan: _plan, ...three } = four;
    expect(dossier({ dossier: 'dang-du-thao', documents: three })?.claim.says).toBe(false);
    expect(dossier({ documents: three })?.deniesItself).toBe(true);
  });

  test('not begun is refused; of which nothing is declared is no claim', () => {
    expect(dossier({ dossier: 'chua-lap' })?.claim.says).toBe(false);
    expect(dossier({})).toBeUndefined();
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

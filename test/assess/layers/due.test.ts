import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/model/inventory.ts';
import type { ScanLook } from '../../../src/model/scan-look.ts';
import { addDays, addMonths } from '../../../src/model/day.ts';
import { claiming, layerOf, whole } from './build.ts';

const reported = (date: string, more: object = {}) => ({
  assessment: { ...whole.assessment, report: { number: '4/BC', date }, ...more },
});
const due = (one: System, activity: string, looks: readonly ScanLook[] = []) =>
  layerOf(one, 3, { looks }).due.find((row) => row.activity === activity);
const legacy = (level: 1 | 2 | 3 | 4 | 5) => ({
  classification: { level, regime: 'nd-85-2016', dossier: 'da-phe-duyet' } as const,
});
const look = (at: string, seen = 2, needed = 2, run = 'r'): ScanLook => ({ run, system: 'portal', at, seen, needed });

describe('the next assessment by level, on 22/11/2026', () => {
  // TCVN 14423:2026 6.18.2.2, 6.18.2.5, 7.18.2.2, 7.18.2.5; where it gives no number, Decree 85/2016 Đ20.2.c.
  it.each([
    [1, 24, 'NĐ 85/2016/NĐ-CP', 'Đ20.2.c'],
    [2, 24, 'NĐ 85/2016/NĐ-CP', 'Đ20.2.c'],
    [3, 12, 'NĐ 85/2016/NĐ-CP', 'Đ20.2.c'],
    [4, 12, 'TCVN 14423:2026', '6.18.2.2, 6.18.2.5'],
    [5, 6, 'TCVN 14423:2026', '7.18.2.2, 7.18.2.5'],
  ] as const)('level %i: every %i months by %s %s', (level, months, instrument, clause) => {
    const row = due(claiming(reported('2026-08-01'), level), 'assessment');
    expect(row).toMatchObject({ months, last: '2026-08-01', next: addMonths('2026-08-01', months), overdueDays: 0 });
    expect(row?.cite).toMatchObject({ instrument, clause });
  });

  it.each([
    [1, 24],
    [2, 24],
    [3, 12],
    [4, 12],
    [5, 6],
  ] as const)('a level %i approved under Decree 85: every %i months, by that decree', (level, months) => {
    const row = due(claiming(reported('2026-08-01'), level, legacy(level)), 'assessment');
    expect([row?.months, row?.cite.instrument, row?.binding]).toEqual([months, 'NĐ 85/2016/NĐ-CP', true]);
  });

  it.each([
    [1, '2024-11-22', '2024-11-21'],
    [3, '2025-11-22', '2025-11-21'],
    [4, '2025-11-22', '2025-11-21'],
    [5, '2026-05-22', '2026-05-21'],
  ] as const)('level %i: a report of %s is in time on its last day, one of %s a day late', (level, intime, late) => {
    const licensed = { licence: '5/GP', licenceUntil: '2028-01-01', remediatedOn: undefined };
    expect(layerOf(claiming(reported(intime, licensed), level), 3).verdict).toBe('da-chung-minh');
    const status = layerOf(claiming(reported(late, licensed), level), 3);
    expect([status.verdict, status.because, status.due[0]?.overdueDays]).toEqual([
      'het-han',
      ['assessment-overdue'],
      1,
    ]);
  });

  it('counts days overdue, and holds the owner to an earlier day of its own', () => {
    expect(due(claiming(reported('2024-11-22'), 3), 'assessment')?.overdueDays).toBe(365);
    const promised = due(claiming(reported('2026-08-01', { nextDue: '2026-12-01' }), 3), 'assessment');
    expect(promised?.next).toBe('2026-12-01');
    const kept = due(claiming(reported('2026-08-01', { nextDue: '2026-07-01' }), 3), 'assessment');
    expect(kept?.next).toBe('2027-08-01');
  });

  it('never assessed, said not to be, or dated after today: no day, and nothing overdue to count', () => {
    for (const held of [{}, { assessment: { claimed: false } }, reported('2026-11-23')]) {
      expect(due(claiming(held, 3), 'assessment')).toMatchObject({ last: null, next: null, overdueDays: null });
    }
  });

  it('says nothing without a level', () => {
    expect(layerOf({ ...claiming(whole), classification: undefined } as unknown as System, 3).due).toEqual([]);
  });
});

describe('vulnerability scans: runs of this tool are the evidence (TCVN 14423 x.7.2.1)', () => {
  it.each([
    [1, 12, '3.7.2.1 b'],
    [2, 12, '4.7.2.1 b'],
    [3, 6, '5.7.2.1 b'],
    [4, 6, '6.7.2.1 a, b'],
    [5, 3, '7.7.2.1 a, b'],
  ] as const)('level %i: every %i months (%s)', (level, months, clause) => {
    const row = due(claiming({}, level), 'vulnerability-scan', [look('2026-10-01T01:00:00.000Z')]);
    expect(row).toMatchObject({ months, last: '2026-10-01', next: addMonths('2026-10-01', months), overdueDays: 0 });
    expect(row?.cite.clause).toBe(clause);
  });

  it('counts the latest run that saw every target, by the day in Viet Nam', () => {
    const looks = [
      look('2026-03-01T01:00:00.000Z', 2, 2, 'early'),
      look('2026-04-30T18:00:00.000Z', 2, 2, 'whole'),
      look('2026-11-01T01:00:00.000Z', 1, 2, 'partial'),
      look('2026-12-01T01:00:00.000Z', 2, 2, 'tomorrow'),
    ];
    const row = due(claiming({}, 3), 'vulnerability-scan', looks);
    expect(row).toMatchObject({ last: '2026-05-01', next: '2026-11-01', overdueDays: 21 });
    expect(row?.run).toEqual({ id: 'whole', seen: 2, needed: 2 });
  });

  it('important assets of a system marked trọng yếu: quarterly at level 4, monthly at 5, none below', () => {
    const critical = { critical: { basis: 'QĐ 1' } };
    const months = ([3, 4, 5] as const).map(
      (level) => due(claiming({}, level, critical), 'vulnerability-scan-important')?.months,
    );
    expect(months).toEqual([undefined, 3, 1]);
    expect(due(claiming({}, 5), 'vulnerability-scan-important')).toBeUndefined();
  });

  it('an overdue scan is no lapse of the claim, and does not bind a level of the old law before 1/7/2027', () => {
    const looks = [look('2025-01-01T01:00:00.000Z')];
    expect(layerOf(claiming(whole), 3, { looks }).verdict).toBe('da-chung-minh');
    expect(due(claiming({}, 3, legacy(3)), 'vulnerability-scan', looks)?.binding).toBe(false);
    const later = layerOf(claiming({}, 3, legacy(3)), 3, { looks, at: '2027-07-01T05:00:00.000Z' });
    expect(later.due.find(({ activity }) => activity === 'vulnerability-scan')?.binding).toBe(true);
  });
});

describe('months and days of the calendar', () => {
  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-31', 24, '2028-12-31'],
    ['2023-08-31', 6, '2024-02-29'],
  ] as const)('%s and %i months is %s', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then);
  });
  it('adds days over the end of a year', () => {
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
  });
});

import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { mau08 } from '../../../src/report/form/mau-08.ts';
import { calendarPeriod, yearlyDue, yearlyPeriod } from '../../../src/report/form/period.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { codesOf, inputOf, rowsOf, system, valuesOf } from './base.ts';

const catalogue = loadCatalogue();

describe('period of Decree 331 Đ35', () => {
  it('runs from 15 December of the year before to 14 December, and from the 15th on is the one just closed', () => {
    expect(yearlyPeriod('2026-12-14')).toEqual({ year: 2026, from: '2025-12-15', until: '2026-12-14' });
    expect(yearlyPeriod('2026-12-15')).toEqual({ year: 2026, from: '2025-12-15', until: '2026-12-14' });
    expect(yearlyPeriod('2027-01-01')).toEqual({ year: 2027, from: '2026-12-15', until: '2027-12-14' });
    expect([yearlyDue(2026, 'operator'), yearlyDue(2026, 'owner')]).toEqual(['2026-12-20', '2026-12-25']);
  });

  it('is a calendar quarter where a report is quarterly', () => {
    expect(calendarPeriod('2026-11-25', 'quarter')).toEqual({
      year: 2026,
      number: 4,
      from: '2026-10-01',
      until: '2026-12-31',
    });
    expect(calendarPeriod('2028-02-29', 'month')).toMatchObject({ from: '2028-02-01', until: '2028-02-29' });
    expect(calendarPeriod('2026-06-30', 'half-year')).toMatchObject({ number: 1, until: '2026-06-30' });
  });

  it('says on the cover that it is late only from the named day on', () => {
    const facts = (on: string) => mau08(inputOf([system('a')], { on })).cover.facts.map(({ key }) => key);
    expect(facts('2026-12-24')).toContain('forms.cover.days-left');
    expect(facts('2026-12-25')).toContain('forms.cover.late');
  });
});

describe('Mẫu 08', () => {
  it('has no defect where nothing is wrong', () => {
    const paper = mau08(inputOf([system('a')]));
    expect(paper.cover.defects).toEqual([]);
    expect(valuesOf(paper)).toMatchObject({ tong_so: 1, so_phan_loai: 1, so_phe_duyet: 1, so_kiem_tra: 1 });
  });

  it('prints the official words and nothing else in columns 6, 10 and 12', () => {
    const states = ['chua-lap', 'dang-du-thao', 'da-gui-tham-dinh', 'da-tham-dinh', 'da-phe-duyet'] as const;
    const rows = rowsOf(mau08(inputOf(states.map((dossier) => system(dossier, { dossier })))), 'he_thong');
    const words = rows.map(({ tinh_trang: value }) =>
      value !== null && typeof value === 'object' && 'words' in value
        ? value.words.map((key) => catalogue.say('vi', key)).join()
        : value,
    );
    // Decree 331/2026, Mẫu 08, note on column (6).
    expect(words).toEqual([null, 'Đang dự thảo', 'Đã gửi thẩm định', 'Đã thẩm định', 'Đã được phê duyệt']);
    const say = (key: string) => catalogue.say('vi', `forms.mau-08.${key}`);
    expect(['chua-trien-khai', 'mot-so-hang-muc', 'day-du'].map((state) => say(`implementation-${state}`))).toEqual([
      'Chưa triển khai',
      'Đã triển khai một số hạng mục',
      'Đã triển khai đầy đủ',
    ]);
    expect(['truoc-khi-su-dung', 'dinh-ky'].map((kind) => say(`inspection-${kind}`))).toEqual([
      'Trước khi đưa vào sử dụng',
      'Định kỳ',
    ]);
  });

  it('counts a dossier as built once it left its drafting, and an inspection only of what is approved', () => {
    const paper = mau08(
      inputOf([
        system('a'),
        system('b', { dossier: 'dang-du-thao', expectedApproval: '2026-12-30' }),
        system('c', { dossier: 'da-gui-tham-dinh', expectedApproval: '2027-01-15' }),
        system('d', { dossier: 'da-tham-dinh', expectedApproval: '2026-12-20' }),
        system('e', null),
      ]),
    );
    expect(valuesOf(paper)).toMatchObject({
      tong_so: 5,
      so_phan_loai: 4,
      so_ho_so: 3,
      so_tham_dinh: 2,
      so_phe_duyet: 1,
      so_kiem_tra: 1,
      // One of them has no day, so none is printed.
      du_kien_hoan_thanh: null,
    });
  });

  it('names the latest expected day, the one by which all are approved', () => {
    const open = (id: string, expectedApproval: string) => system(id, { dossier: 'da-tham-dinh', expectedApproval });
    const paper = mau08(inputOf([system('a'), open('b', '2027-02-01'), open('c', '2027-01-01')]));
    expect(valuesOf(paper)['du_kien_hoan_thanh']).toEqual({ day: '2027-02-01' });
  });

  it('neither counts nor names military systems, and counts those with state secrets without naming them', () => {
    const paper = mau08(
      inputOf([
        system('a'),
        system('mat', {}, { stateSecret: true }),
        system('mat-hai', { facts: { type: 'noi-bo', information: ['bi-mat-nha-nuoc'] } }),
        system('quan-su', {}, { excluded: 'quan-su' }),
      ]),
    );
    expect(valuesOf(paper)['tong_so']).toBe(3);
    expect(rowsOf(paper, 'he_thong')).toHaveLength(1);
    expect(JSON.stringify(paper)).not.toMatch(/quan-su|Hệ thống mat/);
    expect(paper.filled).toMatchObject({ stateSecretNotNamed: 2, excludedNotCounted: 1 });
    expect(paper.cover.facts.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['forms.cover.secret', 'forms.cover.excluded']),
    );
  });

  it('takes in the systems of bodies below, and reports on each owner', () => {
    const paper = mau08(
      inputOf([system('a'), system('b', {}, { owner: 'so-y-te' }), system('c', {}, { owner: 'khac' })]),
    );
    expect(rowsOf(paper, 'he_thong').map(({ ten_httt }) => ten_httt)).toEqual(['Hệ thống a', 'Hệ thống b']);
    const owners = paper.body.find((block) => block.kind === 'each');
    expect(owners?.kind === 'each' ? owners.items.length : 0).toBe(2);
  });

  it('is a report to the owner, before the 20th, where the organisation only operates', () => {
    const paper = mau08(inputOf([system('a')], { organisation: 'so-khcn' }));
    expect(paper.addressee).toBe('Ủy ban nhân dân tỉnh Bình Minh');
    expect(paper.filled).toMatchObject({ role: 'operator', period: { due: '2026-12-20' } });
  });

  it('leaves columns 7 and 9 to the state that they belong to', () => {
    const [approved, open] = rowsOf(
      mau08(
        inputOf([
          system('a', { expectedApproval: '2027-01-01' }),
          system('b', { dossier: 'da-tham-dinh', expectedApproval: '2027-01-01' }),
        ]),
      ),
      'he_thong',
    );
    expect(approved).toMatchObject({
      quyet_dinh: '21/QĐ-UBND ngày 05/10/2026, UBND tỉnh Bình Minh',
      du_kien_phe_duyet: null,
    });
    expect(open).toMatchObject({ quyet_dinh: null, du_kien_phe_duyet: { day: '2027-01-01' } });
  });

  it.each([
    ['level-missing', null],
    ['type-missing', { facts: {} }],
    ['level-too-low', { level: 2 }],
    ['level-above-facts', { facts: { type: 'noi-bo', information: ['rieng'] } }],
    ['redetermine', { redetermine: { since: '2026-11-01', reason: 'x' } }],
    ['decision-missing', { decision: undefined }],
    ['decision-issuer-missing', { decision: { number: '1', date: '2026-10-05' } }],
    ['decision-in-future', { decision: { number: '1', date: '2026-12-15', issuer: 'x' } }],
    ['approved-late', { decision: { number: '1', date: '2026-11-30', issuer: 'x' } }],
    ['regulation-missing', { regulation: undefined }],
    ['regulation-after-decision', { regulation: { number: '1', date: '2026-10-06' } }],
    ['implementation-missing', { implementation: undefined }],
    ['implementation-expected-missing', { implementation: { state: 'mot-so-hang-muc' } }],
    ['implementation-passed', { implementation: { state: 'mot-so-hang-muc', expected: '2026-12-13' } }],
    [
      'implementation-late',
      { regime: 'nd-85-2016', implementation: { state: 'chua-trien-khai', expected: '2027-07-01' } },
    ],
    ['inspection-old', { inspections: [{ kind: 'dinh-ky', document: { number: '1', date: '2025-12-14' } }] }],
    [
      'appraised-unsuitable',
      { appraisal: { conclusion: 'chua-phu-hop', document: { number: '1', date: '2026-01-01' } } },
    ],
    ['dossier-not-begun', { dossier: 'chua-lap', decision: undefined, expectedApproval: '2027-01-01' }],
    ['decision-unexpected', { dossier: 'da-tham-dinh', expectedApproval: '2027-01-01' }],
    ['expected-missing', { dossier: 'da-tham-dinh', decision: undefined }],
    ['expected-passed', { dossier: 'da-tham-dinh', decision: undefined, expectedApproval: '2026-11-29' }],
    [
      'returned',
      { dossier: 'dang-du-thao', decision: undefined, expectedApproval: '2027-01-01', returned: '2026-12-01' },
    ],
  ])('tells of %s on the cover', (code, change) => {
    const bent = { ...system('a'), critical: { basis: 'x' } };
    const { classification } = bent;
    const paper = mau08(
      inputOf([
        change === null
          ? system('a', null)
          : ({
              ...bent,
              classification: JSON.parse(JSON.stringify({ ...classification, ...change })) as unknown,
            } as typeof bent),
      ]),
    );
    expect(codesOf(paper, 'a')).toContain(code);
    expect(codesOf(paper, 'a').filter((one) => one !== code && !one.endsWith('-late'))).toEqual([]);
  });

  it('holds a deadline strictly: on the day named it is broken, the day before it is kept', () => {
    const on = (date: string) =>
      codesOf(
        mau08(inputOf([system('a', { decision: { number: '1', date, issuer: 'x' } }, { critical: { basis: 'x' } })])),
        'a',
      );
    expect(on('2026-11-29')).toEqual([]);
    expect(on('2026-11-30')).toEqual(['approved-late']);
  });

  it('counts a decision after the cut-off as such only in the days when that is past', () => {
    const late = system('a', { decision: { number: '1', date: '2026-12-16', issuer: 'x' } });
    expect(codesOf(mau08(inputOf([late], { on: '2026-12-20' })), 'a')).toEqual(['decision-after-cut-off']);
  });

  it('has words for every defect, in both languages', () => {
    const paper = mau08(inputOf([system('a', { decision: { number: '1', date: '2027-01-01' } }), system('b', null)]));
    for (const { message } of paper.cover.defects) {
      expect(catalogue.tell('vi', message)).not.toBe(catalogue.tell('en', message));
    }
  });

  it('refuses an organisation that is not there, and asks which where there is no provincial committee', () => {
    expect(() => mau08(inputOf([], { organisation: 'nobody' }))).toThrow(UserError);
    const input = inputOf([]);
    const organisations = input.inventory.organisations.filter(({ kind }) => kind !== 'ubnd-tinh');
    expect(() => mau08({ ...input, inventory: { ...input.inventory, organisations } })).toThrow(UserError);
  });
});

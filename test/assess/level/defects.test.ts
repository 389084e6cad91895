import { describe, expect, test } from 'vitest';
import type { Classification } from '../../../src/model/inventory/classification.ts';
import type { System } from '../../../src/model/inventory.ts';
import { weights } from '../../../src/model/level.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { classified, explain } from './build.ts';

const catalogue = loadCatalogue();
const paper = (date: string, number = `${date}/VB`) => ({ number, date });
const all = {
  description: paper('2026-09-01'),
  design: paper('2026-09-01'),
  levelReasons: paper('2026-09-01'),
  plan: paper('2026-09-01'),
};

const opinion: NonNullable<Classification['appraisal']> = {
  by: 'ca',
  document: paper('2026-09-28'),
  conclusion: 'phu-hop',
};
const events: NonNullable<Classification['history']> = [
  { on: '2026-09-07', by: 'Sở KH&CN', level: 3, dossier: 'da-gui-tham-dinh', document: paper('2026-09-07') },
  { on: '2026-10-08', by: 'UBND tỉnh', dossier: 'da-phe-duyet', document: paper('2026-10-08') },
];

/** A level 3 dossier without a fault: every test below breaks one thing of it. */
const whole: Classification = {
  level: 3,
  regime: 'nd-331-2026',
  dossier: 'da-phe-duyet',
  facts: {
    type: 'phuc-vu-nguoi-dan-doanh-nghiep',
    administrativeProcedures: true,
    information: ['cong-cong', 'ca-nhan'],
  },
  documents: all,
  submitted: '2026-09-07',
  accepted: '2026-09-10',
  appraisal: opinion,
  approvalReceived: '2026-10-01',
  regulation: paper('2026-09-25'),
  decision: paper('2026-10-08'),
  approvedBy: 'ubnd',
  history: events,
};

const ids = (
  over: Partial<Classification>,
  system: Partial<System> = {},
  without: readonly (keyof Classification)[] = [],
) => {
  const kept = Object.entries({ ...whole, ...over }).filter(([key]) => !(without as readonly string[]).includes(key));
  const { defects } = explain(classified(Object.fromEntries(kept), system));
  for (const { what } of defects) {
    for (const lang of ['vi', 'en'] as const) expect(catalogue.tell(lang, what)).not.toMatch(/undefined|\{/);
  }
  return defects.map(({ id }) => id);
};

test('a dossier without a fault has none', () => {
  expect(ids({})).toEqual([]);
});

describe('one fault, one inconsistency', () => {
  const appraisal = opinion;
  type Broken = readonly [string, Partial<Classification>, Partial<System>?, (readonly (keyof Classification)[])?];
  const broken: readonly Broken[] = [
    ['below-facts', { level: 2, history: [] }],
    ['public-with-people', { facts: { ...whole.facts, information: ['cong-cong'], basicDataSubjects: 5 } }],
    ['procedures-not-online', { facts: { ...whole.facts, type: 'noi-bo' } }],
    [
      'service-without-procedures',
      {
        facts: {
          type: 'phuc-vu-nguoi-dan-doanh-nghiep',
          administrativeProcedures: false,
          publicServiceLevel: 3,
          basicDataSubjects: 100_000,
        },
      },
    ],
    ['secret-disagrees', {}, { stateSecret: true }],
    ['approved-without-decision', {}, {}, ['decision', 'approvedBy']],
    ['decision-not-approved', { dossier: 'da-tham-dinh', history: [] }],
    ['no-regulation', {}, {}, ['regulation']],
    ['decision-before-regulation', { regulation: paper('2026-10-09') }],
    ['approved-against-appraisal', { appraisal: { ...appraisal, conclusion: 'chua-phu-hop' } }],
    [
      'appraised-after-decision',
      { appraisal: { ...appraisal, document: paper('2026-10-09') }, accepted: '2026-10-01' },
    ],
    ['approver-not-owner', { approvedBy: 'so' }],
    [
      'decision-before-law',
      { decision: paper('2026-08-10'), history: [] },
      {},
      ['submitted', 'accepted', 'approvalReceived', 'appraisal', 'regulation', 'documents'],
    ],
    [
      'old-law-too-late',
      {
        regime: 'nd-85-2016',
        decision: paper('2026-10-08'),
        facts: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', publicServiceLevel: 4 },
      },
    ],
    ['appraiser-operates', {}, { operator: 'ca' }],
    ['appraiser-not-unit', { appraisal: { ...appraisal, by: 'ubnd' } }],
    ['no-appraisal', {}, {}, ['appraisal']],
    [
      'part-missing',
      { documents: { description: all.description, design: all.design, levelReasons: all.levelReasons } },
    ],
    ['accepted-before-sent', { accepted: '2026-09-04' }],
    ['returned-before-sent', { returned: '2026-09-04' }],
    ['appraised-before-accepted', { accepted: '2026-09-29' }],
    ['decided-before-received', { approvalReceived: '2026-10-09' }],
    ['history-level', { history: [{ on: '2026-09-07', by: 'Sở', level: 2 }] }],
    ['history-state', { history: [{ on: '2026-09-07', by: 'Sở', dossier: 'da-tham-dinh' }] }],
    ['history-order', { history: [...events].reverse().map(({ dossier: _state, ...one }) => one) }],
    ['history-undocumented', { history: [{ on: '2026-10-08', by: 'UBND', dossier: 'da-phe-duyet' }] }],
    ['future-day', { inspections: [{ kind: 'dinh-ky', document: paper('2026-12-01') }] }],
    ['determine-again', { redetermine: { since: '2026-11-01', reason: 'thêm dịch vụ' } }],
    ['measures-passed', { implementation: { state: 'mot-so-hang-muc', expected: '2026-11-01' } }],
    ['assessor-operates', {}, { layers: { assessment: { claimed: true, assessor: 'Sở KH&CN' } } }],
  ];
  test.each(broken.map((one) => [one[0], one] as const))('%s', (id, [, over, system, without]) => {
    expect(ids(over, system, without)).toContain(id);
  });

  test('an independent council may stand beside a unit that operates (Đ18.4.b)', () => {
    const council = { ...opinion, council: paper('2026-09-12') };
    expect(ids({ appraisal: council }, { operator: 'ca' })).toEqual([]);
    expect(ids({ appraisal: { ...opinion, by: 'ubnd' } }, { operator: 'ca' })).toEqual([]);
  });

  test('levels 1 and 2 are approved by the unit in charge (Đ18.1)', () => {
    const low: Partial<Classification> = { level: 2, facts: { type: 'noi-bo', information: ['rieng'] }, history: [] };
    expect(ids({ ...low, approvedBy: 'ca' })).toEqual([]);
    expect(ids({ ...low, approvedBy: 'ubnd' })).toEqual(['approver-not-unit']);
  });

  test('level 5 is approved by the Prime Minister alone, appraised by the ministry, and on the list', () => {
    const top: Partial<Classification> = {
      level: 5,
      facts: { nationalDataStore: true },
      history: [],
      documents: { ...all, expertOpinion: paper('2026-09-02'), riskReport: paper('2026-09-02') },
    };
    const listed = { state: 'da-dua-vao' } as const;
    expect(ids({ ...top, nationalSecurityList: listed })).toEqual(
      expect.arrayContaining(['approver-not-prime-minister', 'appraiser-not-ministry']),
    );
    expect(ids(top)).toContain('not-on-list');
    expect(
      ids({ ...top, nationalSecurityList: listed, approvedBy: 'bo', appraisal: { ...opinion, by: 'bo' } }),
    ).toEqual([]);
    const unlicensed = { layers: { assessment: { claimed: true } } };
    expect(
      ids({ ...top, nationalSecurityList: listed, approvedBy: 'bo', appraisal: { ...opinion, by: 'bo' } }, unlicensed),
    ).toEqual(['assessor-unlicensed']);
  });

  test('terms passed and hopes passed', () => {
    const waiting: Partial<Classification> = {
      dossier: 'da-gui-tham-dinh',
      expectedApproval: '2026-11-01',
      history: [],
    };
    const gone = ['decision', 'approvedBy', 'appraisal', 'approvalReceived'] as const;
    expect(ids(waiting, {}, gone)).toEqual(['overdue-appraisal', 'expected-passed']);
  });
});

test('the worst stands first', () => {
  const told = explain(
    classified({
      ...whole,
      level: 2,
      regulation: paper('2026-10-09'),
      redetermine: { since: '2026-11-01', reason: 'x' },
    }),
  );
  const ranks = told.defects.map(({ weight }) => weights.indexOf(weight));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  expect(new Set(ranks).size).toBeGreaterThan(2);
});

describe('the state of the dossier', () => {
  const state = (over: Partial<Classification>) => {
    const { official, extra } = explain(classified(over));
    return [official, extra];
  };
  test.each([
    [{ dossier: 'chua-lap' }, [null, 'chua-lap']],
    [{ dossier: 'dang-du-thao' }, ['Đang dự thảo', null]],
    [{ dossier: 'da-gui-tham-dinh' }, ['Đã gửi thẩm định', null]],
    [{ dossier: 'da-tham-dinh' }, ['Đã thẩm định', null]],
    [{ dossier: 'da-phe-duyet' }, ['Đã được phê duyệt', null]],
    [
      { dossier: 'da-gui-tham-dinh', submitted: '2026-11-02', returned: '2026-11-05' },
      ['Đã gửi thẩm định', 'tra-lai-bo-sung'],
    ],
    [{ dossier: 'da-gui-tham-dinh', submitted: '2026-11-09', returned: '2026-11-05' }, ['Đã gửi thẩm định', null]],
    [
      { dossier: 'da-phe-duyet', redetermine: { since: '2026-11-01', reason: 'x' } },
      ['Đã được phê duyệt', 'phai-xac-dinh-lai'],
    ],
  ] as const)('%j: the words of Mẫu 08 and our own apart', (over, expected) => {
    expect(state(over)).toEqual(expected);
  });
});

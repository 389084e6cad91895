import { describe, expect, test } from 'vitest';
import { finding, system, waiver } from '../build.ts';
import { assessment, done, id, itemOf, record, statusOf, type Told } from './build.ts';

const wide = { provinceWide: true, addressees: { named: [{ name: { vi: 'Công an tỉnh', en: 'Provincial Police' } }] } };
const fail: Told['assessment'] = { verdict: 'not-met', because: 'fail', evidenceAt: '2026-11-22T04:00:00.000Z' };
const unseen: Told['assessment'] = { verdict: 'unproven', because: 'not-observed', coverage: { seen: 0, needed: 2 } };
const guidance = { document: { number: '9/BCA-A05', date: '2026-09-01' } };
const cases: readonly (readonly [string, Told, object])[] = [
  // lc-soc and the like: documents (seed 001 §2.4, "trước ngày 31/5/2026").
  [
    'done the day before',
    { task: wide, records: [record({ organisation: 'cong-an', done: done('2026-04-29') })] },
    { state: 'done-on-time', because: 'record-done', claim: { on: '2026-04-29' } },
  ],
  [
    'done on the day named is late by one',
    { task: wide, records: [record({ organisation: 'cong-an', done: done('2026-04-30') })] },
    { state: 'done-late', days: 1 },
  ],
  [
    'the inclusive reading takes that day',
    {
      task: wide,
      conventions: { beforeDay: 'inclusive' },
      records: [record({ organisation: 'cong-an', done: done('2026-04-30') })],
    },
    { state: 'done-on-time', due: { last: '2026-04-30' } },
  ],
  [
    'an extension moves the day and stays visible',
    {
      task: wide,
      records: [
        record({
          organisation: 'cong-an',
          done: done('2026-05-10'),
          extended: { until: '2026-05-15', document: guidance.document },
        }),
      ],
    },
    { state: 'done-on-time', due: { last: '2026-05-15', original: '2026-04-29', extended: { until: '2026-05-15' } } },
  ],
  [
    'an extension that names an earlier day grants nothing',
    { task: wide, records: [record({ extended: { until: '2026-04-01', document: guidance.document } })] },
    { state: 'overdue', due: { last: '2026-04-29' }, days: 207 },
  ],
  ['nothing recorded after its day', { task: wide }, { state: 'no-evidence', because: 'no-record', days: 207 }],
  ['nothing recorded before its day', { task: wide, today: '2026-04-20' }, { state: 'pending', days: 9 }],
  ['the last day is still in time', { task: wide, today: '2026-04-29' }, { state: 'pending', days: 0 }],
  [
    'recorded and not done',
    { task: wide, records: [record({ organisation: 'cong-an', note: 'chưa xong' })] },
    { state: 'overdue', because: 'record-undone', days: 207, note: 'chưa xong' },
  ],
  [
    'reports of progress before its day',
    { task: wide, today: '2026-04-20', records: [record({ reports: [done('2026-04-01')] })] },
    { state: 'in-progress' },
  ],
  [
    'a day to come does not count',
    { task: wide, records: [record({ done: done('2026-12-01') })] },
    { state: 'overdue', because: 'record-in-future' },
  ],
  [
    'a period ends on its last day',
    {
      task: { ...wide, deadline: { within: { vi: 'Trong Quý II/2026', en: 'x', last: '2026-06-30' } } },
      records: [record({ done: done('2026-06-30') })],
    },
    { state: 'done-on-time' },
  ],
  [
    'no day at all',
    { task: { ...wide, deadline: { within: { vi: 'Đúng tiến độ', en: 'x' } } } },
    { state: 'no-evidence', because: 'no-day' },
  ],
  [
    'done where no day is set',
    {
      task: { ...wide, deadline: { within: { vi: 'Đúng tiến độ', en: 'x' } } },
      records: [record({ done: done('2026-09-01') })],
    },
    { state: 'done' },
  ],
  // lc-incident-channel: "thực hiện ngay sau khi có hướng dẫn".
  [
    'waits for guidance',
    { task: { ...wide, deadline: { trigger: { vi: 'Ngay sau khi có hướng dẫn', en: 'x' } } } },
    { state: 'waiting-for-trigger' },
  ],
  [
    'guidance with a day',
    {
      task: { ...wide, deadline: { trigger: { vi: 'Ngay sau khi có hướng dẫn', en: 'x' } } },
      records: [record({ trigger: { ...guidance, due: '2026-10-01' } })],
    },
    { state: 'overdue', days: 52, due: { trigger: guidance } },
  ],
  [
    'guidance without a day',
    {
      task: { ...wide, deadline: { trigger: { vi: 'Ngay sau khi có hướng dẫn', en: 'x' } } },
      records: [record({ trigger: guidance })],
    },
    { state: 'no-evidence', because: 'guidance-came' },
  ],
  // lc-kh04-lead: "định kỳ báo cáo", no interval: a convention, a quarter unless the province says otherwise.
  [
    'a report within the quarter',
    { task: { ...wide, periodic: true }, records: [record({ reports: [done('2026-09-01')] })] },
    { state: 'periodic-current', days: 9, due: { every: { interval: 'quarter', convention: true } } },
  ],
  [
    'a report older than it',
    { task: { ...wide, periodic: true }, records: [record({ reports: [done('2026-08-01'), done('2026-02-01')] })] },
    { state: 'periodic-late', because: 'report-old', days: 21 },
  ],
  [
    'the same in a half-year',
    {
      task: { ...wide, periodic: true },
      conventions: { reportEvery: 'half-year' },
      records: [record({ reports: [done('2026-08-01')] })],
    },
    { state: 'periodic-current' },
  ],
  [
    'no report in the first interval',
    { task: { ...wide, periodic: true }, today: '2026-03-31' },
    { state: 'pending', because: 'report-not-yet', days: 1 },
  ],
  ['no report after it', { task: { ...wide, periodic: true } }, { state: 'no-evidence', because: 'report-none' }],
  // lc-vuln-remediate: findings decide.
  [
    'all passed in time',
    {},
    { state: 'done-on-time', because: 'seen-done', evidence: { at: '2026-04-20T05:00:00.000Z' } },
  ],
  [
    'all passed, seen after its day',
    { assessment: { evidenceAt: '2026-11-22T04:00:00.000Z' } },
    { state: 'done-undated' },
  ],
  [
    'seen late, and a document names the day',
    {
      assessment: { evidenceAt: '2026-11-22T04:00:00.000Z' },
      records: [record({ system: 'portal', done: done('2026-05-04') })],
    },
    { state: 'done-late', days: 5, because: 'seen-and-recorded' },
  ],
  ['a fail after its day', { assessment: fail }, { state: 'overdue', because: 'fail', days: 207 }],
  [
    'a fail before its day',
    { assessment: { ...fail, evidenceAt: '2026-04-20T05:00:00.000Z' }, today: '2026-04-20' },
    { state: 'pending', because: 'fail' },
  ],
  [
    'called done, and a fail since: both dates',
    { assessment: fail, records: [record({ organisation: 'so-khcn', done: done('2026-04-20') })] },
    { state: 'contradicted', claim: { on: '2026-04-20' }, evidence: { at: '2026-11-22T04:00:00.000Z' } },
  ],
  [
    'called done after the fail, not looked at since',
    {
      assessment: { ...fail, evidenceAt: '2026-04-01T05:00:00.000Z' },
      records: [record({ done: done('2026-04-20') })],
    },
    { state: 'no-evidence', because: 'fail-before-record' },
  ],
  [
    'called done, and not seen',
    { assessment: unseen, records: [record({ system: 'portal', done: done('2026-04-20') })] },
    { state: 'no-evidence', because: 'not-observed' },
  ],
  [
    'a fail that somebody accepted',
    { assessment: { verdict: 'unproven', because: 'waived' } },
    { state: 'no-evidence', because: 'waived' },
  ],
  // x3-vuln-periodic: the same, periodically.
  [
    'looked at within the interval',
    { task: { periodic: true }, assessment: { evidenceAt: '2026-11-01T05:00:00.000Z' } },
    { state: 'periodic-current', because: 'seen-in-time' },
  ],
  [
    'looked at too long ago',
    { task: { periodic: true } },
    { state: 'periodic-late', because: 'seen-too-long-ago', days: 125 },
  ],
  ['weaknesses open', { task: { periodic: true }, assessment: fail }, { state: 'periodic-late', because: 'fail' }],
];

describe('a task', () => {
  test.each(cases)('%s', (_what, told, expected) => {
    expect(itemOf(told)).toMatchObject(expected);
  });

  const level: Told['obligation'] = { proof: 'claim', claim: 'level', checks: [] };
  test.each<[string, NonNullable<Told['assessment']>, object]>([
    // lc-level-approval: QĐ dated 30/4/2026 or later is late; none is a breach.
    [
      'a decision before the day',
      { verdict: 'manual', because: 'document-to-check', claim: { says: true, on: '2026-04-29', document: '5/QĐ' } },
      { state: 'done-on-time', claim: { on: '2026-04-29', document: { number: '5/QĐ' } } },
    ],
    [
      'a decision on the day',
      { verdict: 'manual', because: 'document-to-check', claim: { says: true, on: '2026-04-30', document: '5/QĐ' } },
      { state: 'done-late', days: 1 },
    ],
    [
      'not approved',
      { verdict: 'not-met', because: 'claim-says-no', claim: { says: false } },
      { state: 'overdue', because: 'papers-say-no' },
    ],
    [
      'approved without a decision',
      { verdict: 'contradicted', because: 'claim-denies-itself', claim: { says: true } },
      { state: 'contradicted', because: 'papers-deny-themselves' },
    ],
    [
      'a layer that has lapsed',
      { verdict: 'unproven', because: 'claim-expired', claim: { says: true, on: '2026-01-01' } },
      { state: 'no-evidence', because: 'papers-expired' },
    ],
  ])('of papers: %s', (_what, over, expected) => {
    expect(itemOf({ obligation: level, assessment: over })).toMatchObject(expected);
  });

  test('of papers: called done, and the papers say no', () => {
    const told: Told = {
      obligation: level,
      assessment: { verdict: 'not-met', because: 'claim-says-no', claim: { says: false } },
    };
    expect(itemOf({ ...told, records: [record({ done: done('2026-04-01') })] })).toMatchObject({
      state: 'contradicted',
      because: 'papers-deny-record',
      claim: { on: '2026-04-01' },
    });
  });

  test('of runs: every system within the interval of its level (TCVN 14423:2026 x.7.2.1)', () => {
    const every = { 2: 'year', 5: 'quarter' } as const;
    const shows = { vi: 'a', en: 'b' };
    const classified = (name: string, n: 2 | 5) =>
      system({ id: name, classification: { level: n, dossier: 'da-phe-duyet' } });
    const told = (lookedAt: Record<string, string>, records: Told['records'] = []): Told => ({
      task: { ...wide, periodic: true, evidence: { rule: 'runs', shows, every } },
      systems: [classified('low', 2), classified('high', 5)],
      lookedAt: new Map(Object.entries(lookedAt)),
      records,
    });
    const [may, october] = ['2026-05-01T05:00:00.000Z', '2026-10-01T05:00:00.000Z'];
    expect(itemOf(told({ low: may, high: october }))).toMatchObject({
      state: 'periodic-current',
      days: 40,
      evidence: { coverage: { seen: 2, needed: 2 } },
    });
    expect(itemOf(told({ low: may, high: may }))).toMatchObject({
      state: 'periodic-late',
      because: 'seen-too-long-ago',
      days: 113,
      evidence: { coverage: { seen: 1, needed: 2 } },
    });
    expect(itemOf(told({ low: may }))).toMatchObject({ state: 'no-evidence', because: 'seen-in-part' });
    expect(itemOf(told({ low: may }, [record({ reports: [done('2026-11-01')] })]))).toMatchObject({
      state: 'periodic-current',
      because: 'report-in-time',
    });
    expect(itemOf(told({}))).toMatchObject({ state: 'no-evidence', because: 'report-none' });
  });

  test('of coverage: a document says it is done, with the systems looked at beside it', () => {
    const told: Told = {
      task: { ...wide, evidence: { rule: 'coverage', shows: { vi: 'a', en: 'b' } } },
      systems: [system(), system({ id: 'other' }), system({ id: 'army', excluded: 'quoc-phong' })],
      lookedAt: new Map([['portal', '2026-11-01T05:00:00.000Z']]),
      records: [record({ organisation: 'cong-an', done: done('2026-04-20') })],
    };
    expect(itemOf(told)).toMatchObject({
      state: 'done-on-time',
      because: 'document-beside-coverage',
      evidence: { coverage: { seen: 1, needed: 2 } },
    });
  });

  test('serious findings weaken a document without denying it (lk-five-agencies)', () => {
    const five = {
      provinceWide: true,
      addressees: { named: [{ name: { vi: 'Sở Khoa học và Công nghệ', en: 'x' } }] },
      evidence: { rule: 'document', shows: { vi: 'a', en: 'b' }, weakenedByFindings: true },
    } as const;
    const records = [record({ organisation: 'so-khcn', done: done('2026-04-20') })];
    expect(itemOf({ task: five, records, findings: [finding('a', 'fail')] })).toMatchObject({
      state: 'done-on-time',
      because: 'document-weakened',
    });
    expect(itemOf({ task: five, records, findings: [finding('a', 'fail', { severity: 'low' })] })).toMatchObject({
      because: 'record-done',
    });
    expect(
      itemOf({ task: five, records, findings: [finding('a', 'fail', { at: '2026-04-01T05:00:00.000Z' })] }),
    ).toMatchObject({ because: 'record-done' });
    const accepted = [system({ waivers: [waiver('a', '2026-12-31')] })];
    expect(itemOf({ task: five, records, findings: [finding('a', 'fail')], systems: accepted })).toMatchObject({
      because: 'record-done',
    });
  });

  test('that does not apply is in no list, and one asked of no system says so', () => {
    expect(statusOf({ assessment: { verdict: 'not-applicable' } }).tasks).toEqual([]);
    expect(itemOf({ assessment: null })).toMatchObject({ subject: { kind: 'province' }, because: 'no-subject' });
    expect(statusOf({ systems: [system({ excluded: 'co-yeu' })] }).items).toEqual([]);
  });

  test('stands where its most urgent item does', () => {
    const { tasks } = statusOf({ assessment: fail });
    expect(tasks).toMatchObject([
      { id, state: 'overdue', days: 207, rule: 'findings', deadline: { before: '2026-04-30' } },
    ]);
    expect(assessment(fail).verdict).toBe('not-met');
  });
});

import { describe, expect, test } from 'vitest';
import { assessSystem, type AssessInput } from '../../src/assess/assess.ts';
import type { FindingAside } from '../../src/model/aside.ts';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Obligation } from '../../src/model/framework.ts';
import { checks, finding, framework, noon, obligation, system, today, waiver } from './build.ts';

function assess(asked: Obligation, over: Partial<AssessInput> = {}): Assessment {
  const [only, ...more] = assessSystem({
    system: system(),
    findings: [],
    frameworks: [framework([asked])],
    checks,
    at: noon,
    province: 'lai-chau',
    ...over,
  });
  expect(more).toEqual([]);
  if (only === undefined) throw new Error('nothing was assessed');
  return only;
}

describe('what findings decide', () => {
  test('a fail is not-met, and its finding and clock are kept', () => {
    const fail = finding('a', 'fail', { at: '2026-11-20T00:00:00.000Z' });
    expect(assess(obligation(), { findings: [fail, finding('b', 'pass')] })).toEqual({
      system: 'portal',
      framework: 'law',
      obligation: 'law/one',
      verdict: 'not-met',
      because: 'fail',
      clause: 'Đ1',
      findings: [{ check: 'a', target: fail.target }],
      coverage: { seen: 2, needed: 2 },
      evidenceAt: '2026-11-20T00:00:00.000Z',
    });
  });

  test('everything passed is met', () => {
    const { verdict, coverage } = assess(obligation(), {
      findings: [finding('a', 'pass'), finding('b', 'not-applicable')],
    });
    expect(verdict).toBe('met');
    expect(coverage).toEqual({ seen: 2, needed: 2 });
  });

  test('one answer not seen is unproven, whatever passed', () => {
    const { verdict, because, coverage } = assess(obligation(), {
      findings: [finding('a', 'pass'), finding('b', 'not-observed')],
    });
    expect([verdict, because]).toEqual(['unproven', 'not-observed']);
    expect(coverage).toEqual({ seen: 1, needed: 2 });
  });

  test('a check that gave no answer at all counts as needed and not seen', () => {
    const { verdict, coverage } = assess(obligation(), { findings: [finding('a', 'pass')] });
    expect(verdict).toBe('unproven');
    expect(coverage).toEqual({ seen: 1, needed: 2 });
  });

  test('a system nobody looked at is unproven, not silent', () => {
    expect(assess(obligation())).toMatchObject({ verdict: 'unproven', coverage: { seen: 0, needed: 2 } });
  });

  test('a check about hosts is not needed of a system without one', () => {
    const asked = obligation({ checks: ['a', 'h'] });
    expect(assess(asked, { findings: [finding('a', 'pass')] }).verdict).toBe('met');
  });

  test('of a system with no endpoint of the kind, a person must look', () => {
    const asked = obligation({ checks: ['h'] });
    expect(assess(asked)).toMatchObject({
      verdict: 'manual',
      because: 'nothing-to-scan',
      coverage: { seen: 0, needed: 0 },
    });
  });

  test('with the plan at hand, a target that was never reached is missed', () => {
    const targets = [
      { key: 'https://portal.example/ [192.0.2.7]', kind: 'web' as const },
      { key: 'https://portal.example/ [192.0.2.8]', kind: 'web' as const },
    ];
    const asked = obligation({ checks: ['a'] });
    const { verdict, coverage } = assess(asked, { findings: [finding('a', 'pass')], targets });
    expect(verdict).toBe('unproven');
    expect(coverage).toEqual({ seen: 1, needed: 2 });
  });

  test('an endpoint that was not planned, being of another zone or barred, is missed too', () => {
    expect(assess(obligation({ checks: ['a'] }), { targets: [] })).toMatchObject({
      verdict: 'unproven',
      because: 'not-observed',
      coverage: { seen: 0, needed: 1 },
    });
  });

  test('nothing applies is not-applicable', () => {
    const findings = [finding('a', 'not-applicable'), finding('b', 'not-applicable')];
    expect(assess(obligation(), { findings }).verdict).toBe('not-applicable');
  });

  test('no check is manual', () => {
    expect(assess(obligation({ checks: [] }))).toMatchObject({ verdict: 'manual', because: 'no-check' });
  });

  test("another system's findings are left aside", () => {
    const findings = [finding('a', 'fail', { system: 'other' }), finding('a', 'pass'), finding('b', 'pass')];
    expect(assess(obligation(), { findings }).verdict).toBe('met');
  });
});

describe('waivers', () => {
  const findings = [finding('a', 'fail'), finding('b', 'pass')];
  const waived = (until: string, target?: string) =>
    system({ waivers: [waiver('a', until, target === undefined ? {} : { target })] });

  test('a waived fail is shown, is no fail, and is no pass either', () => {
    const held = assess(obligation(), { system: waived('2026-12-31'), findings });
    expect(held).toMatchObject({ verdict: 'unproven', because: 'waived', coverage: { seen: 2, needed: 2 } });
    expect(held.waived).toEqual([{ check: 'a', target: findings[0]?.target, until: '2026-12-31' }]);
  });

  test('a fail beside a waived one still counts', () => {
    const two = [...findings, finding('a', 'fail', { target: 'https://portal.example/ [192.0.2.8]' })];
    const held = assess(obligation(), {
      system: waived('2026-12-31', findings[0]?.target),
      findings: two,
    });
    expect(held.verdict).toBe('not-met');
    expect(held.findings).toEqual([{ check: 'a', target: 'https://portal.example/ [192.0.2.8]' }]);
    expect(held.waived).toHaveLength(1);
  });

  test.each([
    ['2026-11-22T16:59:59.999Z', 'unproven'],
    ['2026-11-22T17:00:00.000Z', 'not-met'],
  ])('a waiver until 22/11 at %s (Viet Nam is seven hours ahead) gives %s', (at, verdict) => {
    expect(assess(obligation(), { system: waived('2026-11-22'), findings, at }).verdict).toBe(verdict);
  });
});

describe('what a claim and the evidence against it decide', () => {
  const asked = obligation({ id: 'law/two', proof: 'claim', claim: 'layers.2', layer: 2 });
  const document = { number: '12/HĐ', date: '2026-10-01' };
  const claimed = (over: object = {}) => system({ layers: { monitoring: { claimed: true, document, ...over } } });

  test('no claim is unproven, even when all checks pass', () => {
    const findings = [finding('a', 'pass'), finding('b', 'pass')];
    expect(assess(asked, { findings })).toMatchObject({ verdict: 'unproven', because: 'claim-missing' });
  });

  test('a claim in date that nothing denies is for a person to look at, never met by a scan', () => {
    const findings = [finding('a', 'pass'), finding('b', 'pass')];
    expect(assess(asked, { system: claimed(), findings })).toMatchObject({
      verdict: 'manual',
      because: 'document-to-check',
      claim: { says: true, on: '2026-10-01', document: '12/HĐ' },
    });
  });

  test('a fail denies it, and both dates are kept', () => {
    const findings = [finding('a', 'fail', { at: '2026-11-20T00:00:00.000Z' })];
    expect(assess(asked, { system: claimed(), findings })).toMatchObject({
      verdict: 'contradicted',
      because: 'claim-denied',
      claim: { on: '2026-10-01' },
      evidenceAt: '2026-11-20T00:00:00.000Z',
      findings: [{ check: 'a' }],
    });
  });

  test('a fail older than the claim does not deny it; look again', () => {
    const findings = [finding('a', 'fail', { at: '2026-09-30T16:59:59.000Z' })];
    expect(assess(asked, { system: claimed(), findings })).toMatchObject({
      verdict: 'unproven',
      because: 'evidence-older-than-claim',
    });
  });

  test('a report of an assessment is not made false by faults, nor proved by them', () => {
    const third = obligation({ proof: 'claim', claim: 'layers.3' });
    const report = system({ layers: { assessment: { claimed: true, report: document } } });
    const mended = system({ layers: { assessment: { claimed: true, report: document, remediatedOn: '2026-11-01' } } });
    const findings = [finding('a', 'fail')];
    expect(assess(third, { system: report, findings })).toMatchObject({
      verdict: 'unproven',
      because: 'fail-beside-claim',
    });
    expect(assess(third, { system: mended, findings }).verdict).toBe('contradicted');
  });

  test('a fail of the very day of the claim, on the calendar of Viet Nam, denies it', () => {
    const findings = [finding('a', 'fail', { at: '2026-09-30T17:00:00.000Z' })];
    expect(assess(asked, { system: claimed(), findings }).verdict).toBe('contradicted');
  });

  test('a waived fail does not deny it', () => {
    const held = { ...claimed(), waivers: [waiver('a', '2026-12-31')] };
    const assessed = assess(asked, { system: held, findings: [finding('a', 'fail')] });
    expect(assessed.verdict).toBe('manual');
    expect(assessed.waived).toHaveLength(1);
  });

  test.each([
    ['the claim', { until: '2026-11-21' }],
    ["the provider's licence", { licenceUntil: '2026-11-21' }],
  ])('past the last day of %s it is unproven', (_what, over) => {
    const findings = [finding('a', 'fail')];
    expect(assess(asked, { system: claimed(over), findings })).toMatchObject({
      verdict: 'unproven',
      because: 'claim-expired',
    });
  });

  test('on its last day a claim still holds', () => {
    expect(assess(asked, { system: claimed({ until: '2026-11-22' }) }).verdict).toBe('manual');
  });

  test('a claim without a document cannot be verified', () => {
    const held = system({ layers: { monitoring: { claimed: true } } });
    expect(assess(asked, { system: held })).toMatchObject({ verdict: 'unproven', because: 'claim-undocumented' });
    expect(assess(asked, { system: held, findings: [finding('a', 'fail')] }).verdict).toBe('contradicted');
  });

  test('the owner who says no is believed', () => {
    const held = system({ layers: { monitoring: { claimed: false } } });
    expect(assess(asked, { system: held })).toMatchObject({ verdict: 'not-met', because: 'claim-says-no' });
  });

  test('a duty for which the inventory has no place is broken by a fail and proved by nobody but a person', () => {
    const bare = obligation({ proof: 'claim' });
    expect(assess(bare, { findings: [finding('a', 'fail')] }).verdict).toBe('not-met');
    expect(assess(bare, { findings: [finding('a', 'pass'), finding('b', 'pass')] })).toMatchObject({
      verdict: 'manual',
      because: 'document-to-check',
      coverage: { seen: 2, needed: 2 },
    });
    expect(assess(bare, { findings: [finding('a', 'not-observed')] }).verdict).toBe('manual');
  });
});

test('of a system of quân sự, quốc phòng or cơ yếu nothing is said', () => {
  const assessments = assessSystem({
    system: system({ excluded: 'quan-su' }),
    findings: [finding('a', 'fail')],
    frameworks: [framework([obligation()])],
    checks,
    at: noon,
    province: 'lai-chau',
  });
  expect(assessments).toEqual([]);
});

test('assessments come in the order of the texts', () => {
  const texts = [
    framework([obligation({ id: 'z/1' }), obligation({ id: 'z/0' })], { id: 'z' }),
    framework([obligation({ id: 'a/1' })], { id: 'a' }),
  ];
  const assessments = assessSystem({
    system: system(),
    findings: [],
    frameworks: texts,
    checks,
    at: noon,
    province: 'x',
  });
  expect(assessments.map((one) => one.obligation)).toEqual(['z/1', 'z/0', 'a/1']);
});

describe('what the life of findings set aside', () => {
  const fail = finding('a', 'fail');
  const aside = (over: Partial<FindingAside> = {}): FindingAside => ({
    system: fail.system,
    target: fail.target,
    check: fail.check,
    as: 'waived',
    reason: 'chờ thay thiết bị',
    document: '1/QĐ',
    requestedBy: 'A',
    approvedBy: 'B',
    from: '2026-11-01',
    until: today,
    evidence: '0',
    ...over,
  });
  const findings = [fail, finding('b', 'pass')];

  test('holds on its last day and not after', () => {
    const held = { verdict: 'unproven', because: 'waived', waived: [{ check: 'a', until: today }] };
    expect(assess(obligation(), { findings, asides: [aside()] })).toMatchObject(held);
    const over = assess(obligation(), { findings, asides: [aside({ until: '2026-11-21' })] });
    expect(over).toMatchObject({ verdict: 'not-met', because: 'fail' });
    expect(over.waived).toBeUndefined();
  });

  test('decides alone: a waiver of the inventory that lapsed by evidence sets nothing aside', () => {
    const given = system({ waivers: [waiver('a', '2099-01-01')] });
    expect(assess(obligation(), { system: given, findings }).because).toBe('waived');
    expect(assess(obligation(), { system: given, findings, asides: [] })).toMatchObject({ because: 'fail' });
  });

  test('a false alarm is no pass, and counted apart', () => {
    const told = assess(obligation(), { findings, asides: [aside({ as: 'false-positive' })] });
    expect(told).toMatchObject({ verdict: 'unproven', because: 'false-positive', falsePositives: [{ check: 'a' }] });
    expect(told.waived).toBeUndefined();
  });

  test('speaks of its own finding alone', () => {
    const elsewhere = [aside({ target: 'https://portal.example/ [192.0.2.8]' }), aside({ system: 'other' })];
    expect(assess(obligation(), { findings, asides: elsewhere }).verdict).toBe('not-met');
  });
});

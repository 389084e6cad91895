import { describe, expect, test } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { mostEvidence } from '../../src/judge/evidence.ts';
import { judgeTarget, type JudgeInput } from '../../src/judge/judge.ts';
import type { Check, RuleSchema } from '../../src/model/check.ts';
import type { ProtocolFacts, TlsFacts } from '../../src/model/facts/tls.ts';
import type { Finding } from '../../src/model/finding.ts';
import { at, because, check, object, ofTls, seen, suites, target, tlsFacts, unseen } from './build.ts';

function judge(one: Check, input: Partial<JudgeInput> = {}): Finding {
  const [finding] = judgeTarget(compileChecks([one]), {
    target,
    observations: [seen('tls', tlsFacts)],
    kinds: ['tls', 'http', 'software'],
    reference: {},
    ...input,
  });
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

const withFacts = (facts: Partial<TlsFacts>) => ({ observations: [seen('tls', { ...tlsFacts, ...facts })] });
const offers = (version: string, offered: boolean): RuleSchema =>
  object({ protocols: object({ [version]: object({ offered: { const: offered, because } }) }) });

describe('outcomes', () => {
  test('everything required is there and right: pass', () => {
    expect(judge(check(offers('TLSv1.0', false)))).toEqual({
      system: 'mot-cua',
      target: target.key,
      check: 'sample',
      severity: 'high',
      outcome: 'pass',
      evidence: [],
      at,
    });
  });

  test('a wrong value: fail, with its place, value and reason', () => {
    const { outcome, evidence, cause } = judge(check(offers('TLSv1.0', true)));
    expect(outcome).toBe('fail');
    expect(evidence).toEqual([{ at: '/tls/protocols/TLSv1.0/offered', saw: false, because }]);
    expect(cause).toBeUndefined();
  });

  test('a missing fact: not-observed, with the reason that the view gives', () => {
    const { 'TLSv1.0': _, ...protocols } = tlsFacts.protocols;
    const { outcome, evidence, cause } = judge(check(offers('TLSv1.0', false)), withFacts({ protocols }));
    expect(outcome).toBe('not-observed');
    expect(evidence).toEqual([]);
    expect(cause).toEqual({
      kind: 'tls',
      at: '/tls/protocols/TLSv1.0',
      failure: { code: 'undecided', detail: 'no clear answer to TLSv1.0', retryable: false },
    });
  });

  test('a wrong value decides, whatever else is missing', () => {
    const rule = object({
      secondOpinion: true,
      protocols: object({ 'TLSv1.2': object({ offered: { const: false, because } }) }),
    });
    expect(judge(check(rule)).outcome).toBe('fail');
  });

  test('a failed observation: not-observed, with its own failure', () => {
    const { outcome, cause } = judge(check(offers('TLSv1.0', false)), { observations: [unseen('tls', 'refused')] });
    expect(outcome).toBe('not-observed');
    expect(cause).toEqual({ kind: 'tls', failure: { code: 'refused', detail: 'refused happened', retryable: false } });
  });

  test('no observation: not-observed, not run', () => {
    const finding = judge(check(offers('TLSv1.0', false)), { observations: [] });
    expect(finding).toMatchObject({ outcome: 'not-observed', cause: { kind: 'tls', failure: { code: 'not-run' } } });
    expect(finding.at).toBe('1970-01-01T00:00:00.000Z');
  });

  test('a kind that is not planned for the target: not-applicable', () => {
    expect(judge(check(offers('TLSv1.0', false)), { kinds: ['http'], observations: [] }).outcome).toBe(
      'not-applicable',
    );
  });

  test('a check about other targets gives no finding, the others keep their order', () => {
    const all = [
      check(offers('TLSv1.0', false), { id: 'b' }),
      check({}, { id: 'x', about: ['host'] }),
      check({}, { id: 'a' }),
    ];
    const findings = judgeTarget(compileChecks(all), { target, observations: [], kinds: ['tls'], reference: {} });
    expect(findings.map((finding) => finding.check)).toEqual(['b', 'a']);
  });

  test('facts that do not fit their schema are our bug, and decide nothing', () => {
    const broken = { ...tlsFacts, port: 0 };
    expect(judge(check(offers('TLSv1.0', false)), { observations: [seen('tls', broken)] })).toMatchObject({
      outcome: 'not-observed',
      cause: { kind: 'tls', failure: { code: 'bug', detail: expect.stringContaining('/port') as string } },
    });
  });

  test('a rule that forgets to require the kind it reads does not pass without it', () => {
    const forgetful = check({}, { rule: { type: 'object', properties: { tls: { type: 'object' } } } });
    expect(judge(forgetful, { observations: [] }).outcome).toBe('not-observed');
  });
});

describe('applies', () => {
  const applies = ofTls(offers('TLSv1.2', true));
  const never = ofTls(offers('TLSv1.3', true));

  test('right: the rule decides', () => {
    expect(judge(check(offers('TLSv1.0', true), { applies })).outcome).toBe('fail');
  });

  test('wrong: not-applicable, without evidence, even where the rule would fail', () => {
    expect(judge(check(offers('TLSv1.0', true), { applies: never }))).toMatchObject({
      outcome: 'not-applicable',
      evidence: [],
    });
  });

  test('missing: not-observed, never not-applicable', () => {
    const finding = judge(check(offers('TLSv1.0', true), { applies }), { observations: [unseen('tls', 'timeout')] });
    expect(finding).toMatchObject({ outcome: 'not-observed', cause: { failure: { code: 'timeout' } } });
  });
});

describe('what a check is given', () => {
  test('only the kinds that it declares', () => {
    const nosy = check({}, { rule: { ...ofTls({}), properties: { tls: {}, http: { type: 'null', because } } } });
    const observations = [seen('tls', tlsFacts), seen('http', { secure: null, plain: null })];
    expect(judge(nosy, { observations }).outcome).toBe('pass');
    const rule = { ...nosy.rule, required: ['tls', 'http'] };
    expect(judge({ ...nosy, rule, reads: ['tls', 'http'] }, { observations }).outcome).toBe('fail');
  });

  test('the latest observation of a kind, and its clock', () => {
    const older = seen('tls', { ...tlsFacts, protocols: {} }, '2026-11-21T08:00:00.000Z');
    const finding = judge(check(offers('TLSv1.0', false)), { observations: [seen('tls', tlsFacts), older] });
    expect(finding).toMatchObject({ outcome: 'pass', at });
  });

  test('the clock of a finding is the latest of those that were read', () => {
    const late = '2026-11-22T09:00:00.000Z';
    const observations = [seen('tls', tlsFacts), unseen('http', 'timeout', late)];
    expect(judge(check(offers('TLSv1.0', false)), { observations }).at).toBe(at);
    const both = { ...ofTls({}), required: ['tls', 'http'], properties: { tls: true, http: true } };
    expect(judge(check({}, { reads: ['tls', 'http'], rule: both }), { observations }).at).toBe(late);
  });
});

describe('evidence', () => {
  const list = (item: RuleSchema) => object({ suites: { type: 'array', items: item } });
  const version = (names: ProtocolFacts) => withFacts({ protocols: { ...tlsFacts.protocols, 'TLSv1.2': names } });
  const weak = version({ offered: true, suites: [suites.gcm, suites.rc4], complete: true });
  const opaque = version({ offered: true, suites: [suites.unknown], complete: true });

  const isRc4 = { properties: { cipher: { const: 'RC4_128' } } };
  const composites: readonly (readonly [string, RuleSchema])[] = [
    ['not', { not: isRc4 }],
    [
      'anyOf',
      {
        anyOf: [
          { properties: { cipher: { const: 'AES_128_GCM' } } },
          { properties: { cipher: { pattern: '^CHACHA', type: 'string' } } },
        ],
      },
    ],
    [
      'oneOf',
      { oneOf: [{ properties: { cipher: { const: 'AES_128_GCM' } } }, { properties: { cipher: { const: 'RC2' } } }] },
    ],
  ];

  test.each(composites)('%s speaks as one, at the value it stands at', (_, composite) => {
    const { outcome, evidence } = judge(check(list(object({ cipher: true }, { ...composite, because }))), weak);
    expect(outcome).toBe('fail');
    expect(evidence).toHaveLength(1);
    expect(evidence[0]).toMatchObject({
      at: '/tls/suites/1',
      saw: { name: suites.rc4.name, cipher: 'RC4_128' },
      because,
    });
  });

  test.each(composites)('%s that read a missing fact decides nothing', (_, composite) => {
    const finding = judge(check(list(object({ cipher: true }, { ...composite, because }))), opaque);
    expect(finding).toMatchObject({ outcome: 'not-observed', evidence: [], cause: { at: '/tls/suites/0/cipher' } });
    expect(finding.cause?.failure.detail).toContain(suites.unknown.name);
  });

  test('a missing fact somewhere else does not silence a composite', () => {
    const item = object({ cipher: true }, { not: { properties: { name: { const: suites.unknown.name } } }, because });
    expect(judge(check(list(item)), opaque).outcome).toBe('fail');
  });

  test('contains speaks as one', () => {
    const rule = object({
      suites: { type: 'array', contains: { type: 'object', properties: { cipher: { const: 'NULL' } } }, because },
    });
    const { evidence } = judge(check(rule), weak);
    expect(evidence.map((found) => found.at)).toEqual(['/tls/suites']);
  });

  test('contains over items with a missing fact decides nothing', () => {
    const items = object({ cipher: true });
    const rule = object({
      suites: {
        type: 'array',
        items,
        contains: { type: 'object', properties: { cipher: { const: 'NULL' } } },
        because,
      },
    });
    expect(judge(check(rule), opaque).outcome).toBe('not-observed');
  });

  const conditional = list(
    object(
      { cipher: true, forwardSecret: true },
      {
        if: isRc4,
        then: { properties: { forwardSecret: { const: true, because } } },
        else: { properties: { name: { const: 'x', because } } },
      },
    ),
  );

  test('of if and then, what then says is shown, and nothing of if', () => {
    const { evidence } = judge(check(conditional), version({ offered: true, suites: [suites.rc4], complete: true }));
    expect(evidence).toEqual([{ at: '/tls/suites/0/forwardSecret', saw: false, because }]);
  });

  test('a condition that read a missing fact decides nothing, on either branch', () => {
    expect(judge(check(conditional), opaque).outcome).toBe('not-observed');
  });

  test('the nearest reason around a value is shown, else why the check is there', () => {
    const far = { vi: 'Xa', en: 'Far' };
    const near = { vi: 'Gần', en: 'Near' };
    const rule = (reason: RuleSchema, inner: RuleSchema) =>
      object({ protocols: object({ 'TLSv1.2': object({ offered: { const: false, ...inner } }) }, reason) });
    const reasonOf = (one: RuleSchema) => judge(check(one)).evidence[0]?.because;
    expect(reasonOf(rule({ because: far }, { because: near }))).toEqual(near);
    expect(reasonOf(rule({ because: far }, {}))).toEqual(far);
    expect(reasonOf(rule({}, {}))).toEqual({ vi: 'Lý do', en: 'Reason' });
  });

  test('one value that breaks two keywords for one reason is one piece of evidence', () => {
    const rule = object({ sni: { type: 'string', maxLength: 3, pattern: '^x', because } });
    expect(judge(check(rule)).evidence).toHaveLength(1);
  });

  test('a long value is cut to 2 kB of its JSON, a short one is kept as it is', () => {
    const names = Array.from({ length: 500 }, (_, index) => `đơn-vị-${index}.tinh.example`);
    const long = withFacts({ chains: [[{ ...certificate, names }]] });
    const rule = object({
      leaves: { type: 'array', items: object({ names: { type: 'array', maxItems: 1, because } }) },
    });
    const saw = judge(check(rule), long).evidence[0]?.saw;
    expect(Buffer.byteLength(String(saw))).toBeLessThanOrEqual(2048);
    expect(String(saw)).toMatch(/^\["đơn-vị-0\.tinh\.example",.*…$/);
    expect(String(saw)).not.toContain('\uFFFD');
  });

  test('no more evidence is kept than anybody reads', () => {
    const many = Array.from({ length: 512 }, () => suites.rc4);
    const rule = list(object({ cipher: true }, { not: isRc4, because }));
    expect(judge(check(rule), version({ offered: true, suites: many, complete: true })).evidence).toHaveLength(
      mostEvidence,
    );
  });

  const certificate = {
    sha256: 'a'.repeat(64),
    subject: 'CN=a',
    issuer: 'CN=b',
    serial: '01',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    names: [],
    keyType: 'rsa',
    isCa: false,
    selfIssued: false,
  };
});

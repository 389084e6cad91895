import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveMail, mailView } from '../../src/judge/view/mail.ts';
import { isDkimKey, parseDkimKey } from '../../src/mail/dkim-key.ts';
import { isDmarc, parseDmarc } from '../../src/mail/dmarc-record.ts';
import { exchangersOf } from '../../src/mail/exchangers.ts';
import { matchesMx, mtaStsId, parsePolicy } from '../../src/mail/mta-sts.ts';
import { parseSpf } from '../../src/mail/spf/parse-spf.ts';
import { walkSpf } from '../../src/mail/spf/walk-spf.ts';
import { tlsRptAddresses } from '../../src/mail/tls-rpt.ts';
import { matchesChain, parseTlsa } from '../../src/mail/tlsa.ts';
import { isAskable, knownFrom } from '../../src/mail/answers.ts';
import { knownSelectors } from '../../src/mail/dkim-key.ts';
import { nextQuestions, policyHost, tlsaName } from '../../src/mail/questions.ts';
import { mailFacts, mailRecordTypes, type MailAnswer, type MailFacts } from '../../src/model/facts/mail.ts';
import { answersOf } from './zone.ts';
import { clock, domain, goodTls, target } from './given.ts';

const bytes = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));
/** Text that looks like records, so that the readers get past their first line. */
const words = [
  ...[
    'v=spf1',
    'v=DMARC1',
    'v=STSv1',
    'v=TLSRPTv1',
    'v=DKIM1',
    'version: STSv1',
    'mode: enforce',
    'max_age: 1',
    'mx: *.b.test',
  ],
  ...['-all', '?all', '~all', 'a', 'mx', 'ptr', 'ip4:192.0.2.0/24', 'ip6:::/0', 'exists:%{i}.b.test', 'include:b.test'],
  ...[
    'include:a.example',
    'redirect=b.test',
    'redirect=%{d}',
    'a:%{d2r}.b.test',
    'p=reject',
    'sp=none',
    'pct=5',
    'id=1',
  ],
  ...[
    'rua=mailto:d@b.test',
    'rua=https://b.test/',
    'k=rsa',
    'k=ed25519',
    'p=',
    'p=AAAA',
    't=y',
    ';',
    '; ',
    ' ',
    '\n',
    '=',
    '%',
    ':',
    '//',
  ],
];
const record = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: bytes }), {
    maxLength: 25,
  })
  .chain((parts) => fc.constantFrom(' ', '; ', '\r\n').map((glue) => parts.join(glue).slice(0, 4096)));

test('readers of records are total over any text', () => {
  fc.assert(
    fc.property(fc.oneof(record, bytes), (text) => {
      for (const read of [
        parseSpf,
        isDkimKey,
        parseDkimKey,
        isDmarc,
        parseDmarc,
        mtaStsId,
        parsePolicy,
        tlsRptAddresses,
        parseTlsa,
        isAskable,
      ])
        read(text);
      matchesMx(text, text);
      exchangersOf({ name: 'a.example', type: 'MX', outcome: 'found', values: [text] });
      const { percentage, policy } = parseDmarc(text);
      expect(percentage).toBeGreaterThanOrEqual(0);
      expect(percentage).toBeLessThanOrEqual(100);
      expect([null, 'none', 'quarantine', 'reject']).toContain(policy);
    }),
    { numRuns: 500 },
  );
});

test('a TLSA record is held against any bytes without harm', () => {
  fc.assert(
    fc.property(
      fc.nat(4),
      fc.nat(3),
      fc.nat(4),
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }),
      (usage, selector, matching, chain) => {
        const verdict = matchesChain(
          { usage, selector, matching, data: 'ab' },
          chain.map((der) => Buffer.from(der)),
        );
        expect([true, false, undefined]).toContain(verdict);
      },
    ),
  );
});

const names = [
  'a.example',
  'b.test',
  'mx.a.example',
  'c.test',
  '_dmarc.a.example',
  '_mta-sts.a.example',
  '_smtp._tls.a.example',
];
const moreNames = [
  ...names,
  policyHost(domain),
  tlsaName('mx.a.example'),
  `_domainkey.${domain}`,
  `${knownSelectors[0]}._domainkey.${domain}`,
  '1.2.0.192.in-addr.arpa',
];
const values = fc.array(
  fc.oneof(
    record,
    bytes,
    fc.constantFrom(
      '192.0.2.1',
      '2001:db8::1',
      '10 mx.a.example',
      '0 .',
      '5 192.0.2.1',
      'mx.a.example',
      `3 1 1 ${'ab'.repeat(32)}`,
    ),
  ),
  { maxLength: 6 },
);
const answer: fc.Arbitrary<MailAnswer> = fc
  .record({
    name: fc.constantFrom(...moreNames),
    type: fc.constantFrom(...mailRecordTypes),
    outcome: fc.constantFrom('found', 'no-data', 'no-name', 'failed'),
    values,
    extra: fc.constantFrom({}, { cut: true }, { canonical: 'c.test' }, { dnssec: 'secure' }, { dnssec: 'bogus' }),
  })
  .map(({ extra, outcome, values: found, ...rest }) => ({
    ...rest,
    ...extra,
    outcome,
    values: outcome === 'found' ? found.map((value) => value.slice(0, 4096)) : [],
    ...(outcome === 'failed' ? { failure: { code: 'timeout', detail: 'silent', retryable: true } } : {}),
  }));

test('the tree of an SPF record ends whatever the answers say', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 40 }), (answers) => {
      const { lookups, faults, pending } = walkSpf(domain, knownFrom(answers));
      // The last record looked at may have some terms more.
      expect(lookups).toBeLessThan(3000);
      expect(faults.length + pending.length).toBeLessThanOrEqual(128);
    }),
    { numRuns: 300 },
  );
});

test('the questions about a domain end', () => {
  const zone = fc.dictionary(
    fc.constantFrom(...moreNames),
    fc.record({ TXT: values, MX: values, A: values, AAAA: values, TLSA: values, PTR: values }),
  );
  fc.assert(
    fc.property(zone, (records) => {
      const answers = answersOf(records, domain);
      expect(new Set(answers.map(({ name, type }) => `${type} ${name}`)).size).toBe(answers.length);
      if (answers.length < 400) expect(nextQuestions(domain, knownFrom(answers))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

const facts: fc.Arbitrary<MailFacts> = fc
  .record({
    answers: fc.array(answer, { maxLength: 60 }),
    servers: fc.array(
      fc.record({
        hello: fc.option(
          fc.array(fc.oneof(bytes, fc.constantFrom('STARTTLS', 'mx.a.example hello')), { maxLength: 5 }),
        ),
        tls: fc.constantFrom(null, goodTls),
        failed: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    body: fc.option(record),
    status: fc.constantFrom(200, 301, 404, 429),
  })
  .map(({ answers, servers, body, status }) => ({
    domain,
    selectors: [...knownSelectors],
    declaredSelectors: 0,
    answers,
    leftOut: 0,
    servers: servers.map(({ hello, tls, failed }) => ({
      host: 'mx.a.example',
      address: '192.0.2.1',
      port: 25,
      ...(hello === null ? {} : { hello: hello.map((line) => line.slice(0, 512)) }),
      ...(tls === null ? {} : { tls }),
      ...(failed ? { failure: { code: 'timeout' as const, detail: 'silent', retryable: true } } : {}),
    })),
    ...(body === null
      ? {}
      : { policy: { url: 'https://mta-sts.a.example/', status, contentType: 'text/plain', body } }),
  }));

test('any facts that fit give a view that fits, and a reason is told only of what is absent', () => {
  const ajv = new Ajv({ strict: false });
  const [fits, isView] = [ajv.compile(mailFacts), ajv.compile(mailView)];
  fc.assert(
    fc.property(facts, (given) => {
      expect(fits(given), JSON.stringify(fits.errors)).toBe(true);
      const { view } = deriveMail(given, { at: clock, target, reference: {} });
      expect(isView(view), JSON.stringify(isView.errors)).toBe(true);
      expect(JSON.stringify(view)).not.toContain('undefined');
    }),
    { numRuns: 400 },
  );
});

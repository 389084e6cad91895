import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isDkimKey, parseDkimKey } from '../../src/mail/dkim-key.ts';
import { isDmarc, parseDmarc, reportHost } from '../../src/mail/dmarc-record.ts';
import { exchangersOf, isNullMx, reverseName } from '../../src/mail/exchangers.ts';
import { isMtaSts, matchesMx, mtaStsId, parsePolicy } from '../../src/mail/mta-sts.ts';
import { organisationalDomain } from '../../src/mail/organisational-domain.ts';
import { isTlsRpt, tlsRptAddresses } from '../../src/mail/tls-rpt.ts';
import { isUsable, matchesChain, parseTlsa } from '../../src/mail/tlsa.ts';

const rsaKey = (bits: number, type: 'spki' | 'pkcs1' = 'spki') =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type, format: 'der' }).toString('base64');

describe('DKIM keys (RFC 6376 section 3.6.1)', () => {
  const [small, large, old] = [rsaKey(1024), rsaKey(2048), rsaKey(1024, 'pkcs1')];
  const edwards = Buffer.alloc(32, 7).toString('base64');
  test.each([
    [`v=DKIM1; k=rsa; p=${large}`, { type: 'rsa', bits: 2048, testing: false, revoked: false }],
    [`p=${small}`, { bits: 1024 }],
    [`k=rsa; p=${old}`, { bits: 1024 }],
    [`v=DKIM1;p=${small.slice(0, 60)} ${small.slice(60)};`, { bits: 1024 }],
    [`v=DKIM1; t=y:s; p=${large}`, { testing: true }],
    [`v=DKIM1; k=ed25519; p=${edwards}`, { type: 'ed25519', bits: 256 }],
    ['v=DKIM1; p=', { revoked: true }],
    [`k=rsa; v=DKIM1; p=${large}`, { fault: 'bad-version' }],
    [`v=DKIM2; p=${large}`, { fault: 'bad-version' }],
    [`v=DKIM1; k=dsa; p=${large}`, { fault: 'unknown-type' }],
    ['v=DKIM1; k=rsa; p=AAAA', { fault: 'bad-key' }],
    ['v=DKIM1; p=not*base64', { fault: 'bad-key' }],
    [`v=DKIM1; k=ed25519; p=${large}`, { fault: 'bad-key' }],
    [`v=DKIM1; nonsense; p=${large}`, { fault: 'broken-tag' }],
  ])('%s', (record, expected) => {
    expect(isDkimKey(record)).toBe(true);
    expect(parseDkimKey(record)).toMatchObject(expected);
  });

  test('what is no key', () => {
    expect(['v=spf1 -all', 'o=~', '', 'v=DMARC1; p=none'].filter(isDkimKey)).toEqual([]);
  });
});

describe('DMARC (RFC 7489)', () => {
  test('what is a record', () => {
    expect(['v=DMARC1; p=none', 'v=DMARC1;p=none', 'v = DMARC1 ; p=none', 'v=DMARC1'].every(isDmarc)).toBe(true);
    expect(['v=dmarc1; p=none', 'p=none; v=DMARC1', 'v=DMARC12; p=none', ''].some(isDmarc)).toBe(false);
  });

  test.each([
    ['v=DMARC1; p=reject', { policy: 'reject', subdomains: 'reject', percentage: 100, faults: [] }],
    [
      'v=DMARC1; p=Quarantine; sp=none; pct=20',
      { policy: 'quarantine', subdomains: 'none', percentage: 20, faults: [] },
    ],
    [
      'v=DMARC1; p=none; rua=mailto:a@b.example!10m,mailto:c@d.example',
      { aggregate: ['mailto:a@b.example!10m', 'mailto:c@d.example'], faults: [] },
    ],
    ['v=DMARC1; p=none; adkim=s; aspf=r', { strictDkim: true, strictSpf: false, faults: [] }],
    ['v=DMARC1; p=none; fo=1; ri=3600; rf=afrf; x_unknown=1', { faults: [] }],
    ['v=DMARC1', { policy: null, faults: ['no-policy'] }],
    ['v=DMARC1; rua=mailto:a@b.example', { policy: 'none', faults: ['no-policy'] }],
    ['v=DMARC1; p=discard', { policy: null, faults: ['bad-policy'] }],
    ['v=DMARC1; p=discard; rua=mailto:a@b.example', { policy: 'none', faults: ['bad-policy'] }],
    ['v=DMARC1; p=reject; sp=all', { subdomains: 'reject', faults: ['bad-subdomain-policy'] }],
    ['v=DMARC1; p=reject; pct=101', { percentage: 100, faults: ['bad-percentage'] }],
    ['v=DMARC1; p=reject; rua=a@b.example', { faults: ['bad-report-address'] }],
    ['v=DMARC1; p=reject; rua=https://b.example/', { faults: ['bad-report-address'] }],
    ['v=DMARC1; p=reject; p=none', { policy: 'reject', faults: ['repeated-tag'] }],
    ['v=DMARC1; p=reject; adkim=x', { faults: ['bad-alignment'] }],
    ['v=DMARC1; reject', { policy: null, faults: ['broken-tag', 'no-policy'] }],
  ])('%s', (record, expected) => {
    expect(parseDmarc(record)).toMatchObject(expected);
  });

  test('where reports go', () => {
    expect(reportHost('mailto:dmarc@Bao-Cao.Example!5k')).toBe('bao-cao.example');
    expect([' ', 'mailto:', 'mailto:a@b', 'mailto:a b@c.example', 'tel:1'].map(reportHost)).toEqual(
      Array(5).fill(undefined),
    );
  });

  test.each([
    ['mail.congan.laichau.gov.vn', 'laichau.gov.vn'],
    ['laichau.gov.vn', 'laichau.gov.vn'],
    ['gov.vn', 'gov.vn'],
    ['A.B.Example.Com.', 'example.com'],
    ['lab.test', 'lab.test'],
  ])('the organisational domain of %s is %s', (name, expected) => {
    expect(organisationalDomain(name)).toBe(expected);
  });
});

describe('MTA-STS (RFC 8461)', () => {
  test('records', () => {
    expect(
      ['v=STSv1; id=20260101T000000Z;', 'v=STSv1;id=1'].map((record) => [isMtaSts(record), mtaStsId(record)]),
    ).toEqual([
      [true, '20260101T000000Z'],
      [true, '1'],
    ]);
    for (const record of [
      'v=STSv1',
      'v=STSv1; id=',
      'v=STSv1; id=has-hyphen',
      `v=STSv1; id=${'a'.repeat(33)}`,
      'v=STSv1; id=1; broken',
    ])
      expect(mtaStsId(record), record).toBeUndefined();
    expect(isMtaSts('v=STSv2; id=1')).toBe(false);
  });

  const whole = 'version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n';
  test.each([
    [whole, { mode: 'enforce', maxAge: 604_800, mx: ['mail.example.com', '*.example.net'], faults: [] }],
    [whole.replaceAll('\r', ''), { faults: [] }],
    ['version: STSv1\nmode: none\nmax_age: 0\n', { mode: 'none', maxAge: 0, faults: [] }],
    [`${whole}x-new_key: anything at all\r\n`, { faults: [] }],
    [whole.replace('STSv1', 'STSv2'), { faults: ['no-version'] }],
    [whole.replace('enforce', 'on'), { mode: null, faults: ['bad-mode'] }],
    [whole.replace('mode: enforce\r\n', ''), { mode: null, faults: ['no-mode'] }],
    [whole.replace('604800', '31557601'), { maxAge: null, faults: ['bad-age'] }],
    [whole.replace('604800', '-1'), { maxAge: null, faults: ['bad-age'] }],
    ['version: STSv1\nmode: testing\nmax_age: 1\n', { faults: ['no-mx'] }],
    [whole.replace('*.example.net', 'mail.*.net'), { faults: ['bad-mx'] }],
    ['<html>Not here</html>', { mode: null, faults: ['broken-line', 'no-version', 'no-mode', 'bad-age', 'no-mx'] }],
  ])('policy %#', (body, expected) => {
    expect(parsePolicy(body)).toMatchObject(expected);
  });

  test.each([
    ['mail.example.com', 'mail.example.com', true],
    ['MAIL.example.com.', 'mail.example.com', true],
    ['mx1.example.net', '*.example.net', true],
    ['a.mx1.example.net', '*.example.net', false],
    ['example.net', '*.example.net', false],
    ['mx1.example.org', '*.example.net', false],
  ])('%s by %s: %s', (host, pattern, matches) => {
    expect(matchesMx(host, pattern)).toBe(matches);
  });
});

test('TLS-RPT (RFC 8460)', () => {
  expect(isTlsRpt('v=TLSRPTv1; rua=mailto:a@b.example')).toBe(true);
  expect(tlsRptAddresses('v=TLSRPTv1;rua=mailto:a@b.example,https://c.example/r')).toHaveLength(2);
  for (const record of [
    'v=TLSRPTv1',
    'v=TLSRPTv1; rua=',
    'v=TLSRPTv1; rua=http://c.example/',
    'v=TLSRPTv1; rua=mailto:a@b.example; x',
  ])
    expect(tlsRptAddresses(record), record).toBeNull();
});

describe('TLSA (RFC 6698, 7672)', () => {
  const certificate = Buffer.from('a certificate');
  const sha = createHash('sha256').update(certificate).digest('hex');
  test('records', () => {
    expect(parseTlsa(`3 1 1 ${sha.toUpperCase()}`)).toEqual({ usage: 3, selector: 1, matching: 1, data: sha });
    expect(['', '3 1 1', '3 1 1 abc', '3 1 x ab', '1 2 3 4 5'].map(parseTlsa)).toEqual(Array(5).fill(undefined));
    const usable = (text: string) => isUsable(parseTlsa(text) ?? { usage: 9, selector: 9, matching: 9, data: '' });
    expect([`3 1 1 ${sha}`, `2 0 1 ${sha}`, '3 0 0 ab', `3 1 2 ${sha}${sha}`].every(usable)).toBe(true);
    expect([`1 1 1 ${sha}`, `0 0 1 ${sha}`, `3 2 1 ${sha}`, `3 1 3 ${sha}`, '3 1 1 ab'].some(usable)).toBe(false);
  });

  test('usage 3 is of the leaf alone, usage 2 of the whole chain', () => {
    const chain = [Buffer.from('leaf'), certificate];
    expect(matchesChain({ usage: 3, selector: 0, matching: 1, data: sha }, chain)).toBe(false);
    expect(matchesChain({ usage: 2, selector: 0, matching: 1, data: sha }, chain)).toBe(true);
    expect(matchesChain({ usage: 3, selector: 0, matching: 0, data: chain[0]?.toString('hex') ?? '' }, chain)).toBe(
      true,
    );
    expect(matchesChain({ usage: 3, selector: 1, matching: 1, data: sha }, chain), 'no certificate').toBeUndefined();
  });
});

test('mail exchangers', () => {
  const answer = (...values: string[]) => ({ name: 'a.example', type: 'MX', outcome: 'found', values }) as const;
  expect(exchangersOf(answer('20 B.example.', '10 a.example', 'nonsense'))).toEqual([
    { preference: 10, host: 'a.example' },
    { preference: 20, host: 'b.example' },
  ]);
  expect(isNullMx(exchangersOf(answer('0 .')))).toBe(true);
  expect(isNullMx(exchangersOf(answer('0 .', '10 a.example')))).toBe(false);
  expect(reverseName('192.0.2.7')).toBe('7.2.0.192.in-addr.arpa');
  expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
  expect(reverseName('mail.example')).toBeUndefined();
});

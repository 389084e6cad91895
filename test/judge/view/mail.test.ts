import { describe, expect, test } from 'vitest';
import { deriveMail } from '../../../src/judge/view/mail.ts';
import { failure } from '../../../src/model/failure.ts';
import type { MailFacts } from '../../../src/model/facts/mail.ts';
import {
  clock,
  domain,
  goodPolicy,
  goodTls,
  goodZone,
  host,
  judgeMail,
  mailFactsOf,
  server,
  target,
} from '../../mail/given.ts';
import type { Zone } from '../../mail/zone.ts';

const view = (facts: MailFacts) => deriveMail(facts, { at: clock, target, reference: {} });
const facts = (changes: Zone = {}, rest: Partial<MailFacts> = {}) => mailFactsOf({ ...goodZone, ...changes }, rest);
const whyNot = (given: MailFacts, at: string) => view(given).unseen.find((one) => one.at === at)?.failure;

describe('where mail goes', () => {
  test.each([
    ['by MX', {}, 'servers', true],
    ['nowhere, and it says so', { [domain]: { MX: ['0 .'] } }, 'null', false],
    ['to its own address', { [domain]: { A: ['192.0.2.9'] } }, 'address', true],
    ['nowhere', { [domain]: { TXT: ['x'] } }, 'none', false],
    ['not known', { [domain]: { failed: 'MX' } }, undefined, undefined],
    ['not known for want of an address', { [domain]: { failed: 'A' } }, undefined, undefined],
  ] as const)('%s', (_name, zone, delivery, receives) => {
    expect(view(facts(zone)).view).toMatchObject(delivery === undefined ? {} : { delivery, receives });
    expect(view(facts(zone)).view.delivery).toBe(delivery);
  });

  test('exchangers over the first four are listed and not judged', () => {
    const many = { [domain]: { MX: [1, 2, 3, 4, 5].map((n) => `${n} mx${n}.b.test`) } };
    const given = facts(many);
    expect(view(given).view.exchangers?.map(({ addresses }) => addresses !== undefined)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(judgeMail(given).get('mx-addresses')?.outcome).toBe('fail');
    expect(whyNot(given, '/mail/exchangers/4')?.code).toBe('undecided');
  });
});

describe('servers', () => {
  test('one that offers no STARTTLS has no versions and no certificate; the other is still judged', () => {
    const given = facts({}, { servers: [server({ hello: [host] }), server({ address: '2001:db8::1' })] });
    expect(view(given).view).toMatchObject({
      startTls: [{ offered: false }, { offered: true }],
      versions: [{ server: `${host} [2001:db8::1]`, modern: true, old: [] }],
      certificates: [{ nameMatches: true, trusted: true, notAfter: '2027-01-01T00:00:00.000Z' }],
      tlsOffered: true,
      reverse: [{ confirmed: true }, { confirmed: true }],
    });
  });

  test('one that turned us away says nothing of TLS, with its reason', () => {
    const { hello: _hello, tls: _tls, ...silent } = server();
    const given = facts({}, { servers: [{ ...silent, failure: failure('blocked', 'turned away: 554') }] });
    const finding = judgeMail(given).get('mx-starttls');
    expect([finding?.outcome, finding?.cause?.failure.code]).toEqual(['not-observed', 'blocked']);
    expect(judgeMail(given).get('mx-certificate-name')?.cause?.failure.code).toBe('blocked');
  });

  test('an old version decides though another was not seen', () => {
    const { SSLv2: _unseen, ...protocols } = goodTls.protocols;
    const tls = { ...goodTls, protocols: { ...protocols, 'TLSv1.0': { offered: true } } };
    expect(view(facts({}, { servers: [server({ tls })] })).view.versions?.[0]?.old).toEqual(['TLSv1.0']);
    expect(
      view(facts({}, { servers: [server({ tls: { ...goodTls, protocols } })] })).view.versions?.[0]?.old,
    ).toBeUndefined();
  });
});

describe('SPF whose tree is not whole', () => {
  const at = (record: string, more: Zone = {}) => facts({ [domain]: { ...goodZone[domain], TXT: [record] }, ...more });
  const lost = { 'lost.test': { failed: true } };

  test('is not said to need few lookups, and is said to need many', () => {
    const few = at('v=spf1 include:lost.test -all', lost);
    expect(judgeMail(few).get('spf-lookups')?.cause?.failure.code).toBe('timeout');
    expect(judgeMail(few).get('spf-all')?.outcome).toBe('pass');
    const many = at(`v=spf1 include:lost.test ${'a '.repeat(10)}-all`, lost);
    expect(judgeMail(many).get('spf-lookups')?.outcome).toBe('fail');
  });

  test('leaves open what a redirect would say, and whether nobody may send', () => {
    const given = at('v=spf1 redirect=lost.test', lost);
    for (const check of ['spf-all', 'spf-syntax', 'dkim-key'])
      expect(judgeMail(given).get(check)?.outcome, check).toBe('not-observed');
  });

  test('names that only a message fills in are told as the reason', () => {
    expect(judgeMail(at('v=spf1 exists:%{i}.x.test -all')).get('spf-void')?.cause?.failure.detail).toContain('%{i}');
  });
});

describe('DKIM', () => {
  const tried = (selectors: string[], declaredSelectors: number, more: Zone = {}) =>
    judgeMail(facts({ [`x._domainkey.${domain}`]: { TXT: ['x'] }, ...more }, { selectors, declaredSelectors })).get(
      'dkim-key',
    );

  test('nothing at the usual selectors decides nothing', () => {
    expect(tried(['s1', 's2'], 0)?.outcome).toBe('not-observed');
  });

  test('nothing at a selector that the owner declares is a fault, unless it was not seen', () => {
    expect(tried(['s1', 's2'], 1)?.outcome).toBe('fail');
    expect(tried(['s1', 's2'], 1, { [`s1._domainkey.${domain}`]: { failed: true } })?.outcome).toBe('not-observed');
  });

  test('a withdrawn key is none', () => {
    expect(tried(['s1'], 1, { [`s1._domainkey.${domain}`]: { TXT: ['v=DKIM1; p='] } })?.outcome).toBe('fail');
  });
});

describe('DMARC of a name below its organisational domain', () => {
  const below = 'thu.a.example';
  const of = (record: string) =>
    deriveMail(
      {
        ...facts(),
        domain: below,
        answers: [
          { name: `_dmarc.${below}`, type: 'TXT', outcome: 'no-name', values: [] },
          { name: `_dmarc.${domain}`, type: 'TXT', outcome: 'found', values: [record] },
        ],
      },
      { at: clock, target, reference: {} },
    ).view.dmarc;

  test('is bound by sp, else by p', () => {
    expect(of('v=DMARC1; p=reject; sp=none')).toMatchObject({ at: domain, policy: 'none', subdomainsWeaker: true });
    expect(of('v=DMARC1; p=quarantine')).toMatchObject({ policy: 'quarantine', subdomainsWeaker: false });
  });
});

describe('MTA-STS', () => {
  test.each([
    ['a good one', {}, []],
    ['a redirect', { status: 301 }, ['redirect']],
    ['not found', { status: 404 }, ['status']],
    ['a page', { contentType: 'text/html' }, ['media-type']],
    ['too long', { cut: true }, ['too-long']],
    ['a refused port', { status: undefined, certificate: undefined, failure: failure('refused', 'x') }, ['no-service']],
    [
      'a wrong name',
      {
        status: undefined,
        certificate: { trusted: true, trustError: null, nameMatches: false },
        failure: failure('tls', 'x'),
      },
      ['certificate-name'],
    ],
    ['a limit', { status: 429 }, undefined],
    ['silence', { status: undefined, certificate: undefined, failure: failure('timeout', 'x') }, undefined],
    ['out of scope', { status: undefined, certificate: undefined, failure: failure('not-permitted', 'x') }, undefined],
  ] as const)('%s', (_name, changes, faults) => {
    const policy = JSON.parse(JSON.stringify({ ...goodPolicy, ...changes })) as MailFacts['policy'];
    const seen = view(facts({}, policy === undefined ? {} : { policy })).view.mtaSts;
    expect(seen?.policy?.faults).toEqual(faults);
  });

  test('an exchanger that no pattern names is told', () => {
    const policy = { ...goodPolicy, body: goodPolicy.body.replace(host, '*.b.test') };
    expect(view(facts({}, { policy })).view.mtaSts?.policy?.unlisted).toEqual([host]);
  });
});

test('facts without any answer decide nothing', () => {
  const outcomes = [...judgeMail({ ...facts(), answers: [], leftOut: 3 }).values()].map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['not-observed']));
});

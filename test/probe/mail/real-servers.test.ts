import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailFacts } from '../../../src/model/facts/mail.ts';
import type { Target } from '../../../src/model/target.ts';
import { parseAnchors } from '../../../src/probe/dns/dnssec/anchors.ts';
import { createDnsResolver } from '../../../src/probe/dns/resolver.ts';
import { createMailProbe } from '../../../src/probe/mail/probe.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';
import { judgeMail } from '../../mail/given.ts';
import { startMailLab, type MailLab } from '../../servers/mail-lab.ts';

let lab: MailLab;

beforeAll(async () => {
  lab = await startMailLab('127.62.1');
});

afterAll(async () => {
  await lab.stop();
});

/** A wire that lets everything of the lab through but the address that belongs to somebody else. */
function labWire() {
  return createWire({
    zone: 'lab',
    userAgent: 'RaSoat/test (+contact)',
    permit: ({ address }) =>
      address === lab.at(99)
        ? { allowed: false, reason: 'no-authorisation' }
        : { allowed: true, authorisation: 'lab', limits: { connections: 16, perSecond: 1000 } },
  });
}

const looks = new Map<string, Promise<{ readonly facts: MailFacts; readonly wire: ReturnType<typeof labWire> }>>();

function lookAt(domain: string, dkimSelectors?: string[]) {
  const look = async () => {
    const wire = labWire();
    const probe = createMailProbe({
      resolver: createDnsResolver([lab.resolver]),
      anchors: parseAnchors(readFileSync(lab.anchors, 'utf8')) ?? [],
      extraRoots: [{ name: 'lab.pem', pem: lab.root }],
    });
    const target: Target = {
      key: `${domain} [mail]`,
      kind: 'mail',
      system: 'x',
      endpoint: { kind: 'mail', domain, ...(dkimSelectors === undefined ? {} : { dkimSelectors }) },
      name: domain,
    };
    return { facts: await probe.observe({ target, wire, signal: new AbortController().signal }), wire };
  };
  const key = [domain, ...(dkimSelectors ?? [])].join(' ');
  const known = looks.get(key) ?? look();
  looks.set(key, known);
  return known;
}

const outcomesOf = (facts: MailFacts, outcome: string) =>
  [...judgeMail(facts)]
    .filter(([, finding]) => finding.outcome === outcome)
    .map(([check]) => check)
    .sort();

describe('a domain in order', () => {
  it('is seen so by its servers', async () => {
    const { facts, wire } = await lookAt('tot.vn');
    expect(facts.answers.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(facts.leftOut).toBe(0);
    expect(facts.servers).toHaveLength(1);
    const [server] = facts.servers;
    expect(server).toMatchObject({ host: 'mail.tot.vn', address: lab.at(10), port: 25 });
    expect(server?.greeting).toMatch(/^220 mail\.lab\.test ESMTP/);
    expect(server?.hello).toContain('STARTTLS');
    expect(server?.tls?.verified).toMatchObject({ trusted: true, nameMatches: true });
    const dnssec = (type: string) => facts.answers.find((answer) => answer.type === type)?.dnssec;
    expect([dnssec('MX'), dnssec('TLSA')]).toEqual(['secure', 'secure']);
    expect(facts.policy).toMatchObject({
      address: lab.at(20),
      status: 200,
      contentType: 'text/plain',
      certificate: { trusted: true, nameMatches: true },
    });
    // Greeting, EHLO and QUIT on one connection; the rest is the TLS prober's.
    expect(wire.costs().find(({ address }) => address === lab.at(10))?.connections).toBeLessThan(60);
    expect(wire.costs().find(({ address }) => address === lab.at(20))?.connections).toBe(1);
  });

  it('fails only what it lacks, once it is known where its DKIM keys are', async () => {
    const unguided = judgeMail((await lookAt('tot.vn')).facts).get('dkim-key');
    expect([unguided?.outcome, unguided?.cause?.failure.code]).toEqual(['not-observed', 'undecided']);
    const { facts } = await lookAt('tot.vn', ['thang01']);
    expect(outcomesOf(facts, 'fail')).toEqual(['mx-ipv6']);
    expect(outcomesOf(facts, 'not-observed')).toEqual([]);
    expect(outcomesOf(facts, 'not-applicable')).toEqual(['mail-unused']);
  });
});

describe('a domain with flaws', () => {
  it('fails for each of them, from what its servers really said', async () => {
    const { facts } = await lookAt('xau.vn');
    expect(facts.servers.map(({ host, hello }) => [host, hello?.includes('STARTTLS')])).toEqual([
      ['mx1.xau.vn', true],
      ['mx2.xau.vn', false],
      ['alias.xau.vn', false],
    ]);
    expect(facts.policy).toMatchObject({ status: 301 });
    expect(outcomesOf(facts, 'fail')).toEqual([
      'dane',
      'dkim-key-modern',
      'dkim-testing',
      'dmarc-policy',
      'dmarc-reports',
      'dmarc-valid',
      'mta-sts-valid',
      'mx-addresses',
      'mx-certificate-expiry',
      'mx-ipv6',
      'mx-names',
      'mx-reverse-name',
      'mx-starttls',
      'mx-tls-old',
      'spf-all',
      'spf-networks',
      'spf-ptr',
      'spf-syntax',
      'spf-void',
      'tls-rpt',
    ]);
    expect(outcomesOf(facts, 'not-observed')).toEqual([
      'mta-sts-mode',
      'mta-sts-mx',
      'mta-sts-servers',
      'mx-certificate-trusted',
    ]);
  });
});

describe('a domain that takes no mail', () => {
  it('is right to say so, and is asked nothing of servers', async () => {
    const { facts, wire } = await lookAt('nghi.vn');
    expect(wire.costs()).toEqual([]);
    expect(outcomesOf(facts, 'fail')).toEqual(['dmarc-reports']);
    const findings = judgeMail(facts);
    for (const check of ['mail-delivery', 'mail-unused', 'spf-all', 'dmarc-policy'])
      expect(findings.get(check)?.outcome, check).toBe('pass');
    for (const check of ['mx-starttls', 'mx-certificate-name', 'mta-sts', 'tls-rpt', 'dkim-key', 'dane'])
      expect(findings.get(check)?.outcome, check).toBe('not-applicable');
  });
});

describe('a domain whose exchanger is out of scope', () => {
  it('records it, sends it nothing, and says of it nothing', async () => {
    const { facts, wire } = await lookAt('ngoai.vn');
    expect(facts.servers).toEqual([
      expect.objectContaining({
        host: 'mx.nha-cung-cap.test',
        failure: expect.objectContaining({ code: 'not-permitted' }) as unknown,
      }),
    ]);
    expect(wire.costs()).toEqual([expect.objectContaining({ address: lab.at(99), connections: 0, refusedByGuard: 1 })]);
    const finding = judgeMail(facts).get('mx-starttls');
    expect(finding?.outcome).toBe('not-observed');
    expect(finding?.cause?.failure.code).toBe('not-permitted');
    expect(judgeMail(facts).get('spf-record')?.outcome).toBe('fail');
  });
});

it('a TLSA record of another key is told from none and from a right one', async () => {
  const of = async (domain: string) => {
    const findings = judgeMail((await lookAt(domain)).facts);
    return ['dane', 'dane-match'].map((check) => findings.get(check)?.outcome);
  };
  expect(await of('tot.vn')).toEqual(['pass', 'pass']);
  expect(await of('lech.vn')).toEqual(['pass', 'fail']);
  expect(await of('xau.vn')).toEqual(['fail', 'not-applicable']);
});

it('without trust anchors nothing is said of DANE', async () => {
  const probe = createMailProbe({
    resolver: createDnsResolver([lab.resolver]),
    extraRoots: [{ name: 'lab.pem', pem: lab.root }],
  });
  const target: Target = {
    key: 'tot.vn [mail]',
    kind: 'mail',
    system: 'x',
    endpoint: { kind: 'mail', domain: 'tot.vn' },
    name: 'tot.vn',
  };
  const facts = await probe.observe({ target, wire: labWire(), signal: new AbortController().signal });
  expect(outcomesOf(facts, 'not-observed')).toEqual(expect.arrayContaining(['dane', 'dane-match']));
});

it('a resolver that is not there is a failure of the observation', async () => {
  const probe = createMailProbe({ resolver: createDnsResolver([{ address: '127.62.1.254', port: 9 }]) });
  const target: Target = {
    key: 'a.vn [mail]',
    kind: 'mail',
    system: 'x',
    endpoint: { kind: 'mail', domain: 'a.vn' },
    name: 'a.vn',
  };
  const observed = probe.observe({ target, wire: labWire(), signal: new AbortController().signal });
  await expect(observed).rejects.toMatchObject({
    failure: { code: expect.stringMatching(/refused|timeout|unreachable/) as unknown },
  });
});

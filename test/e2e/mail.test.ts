import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExpectations } from '../../src/engine/controls/expectations.ts';
import { startMailLab, type MailLab } from '../servers/mail-lab.ts';
import { findingsOf, rasoat, scratch, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
let lab: MailLab;
let findings: readonly PublishedFinding[];

beforeAll(async () => {
  lab = await startMailLab('127.63.1');
  const mail = (...domains: string[]) => domains.map((domain) => ({ kind: 'mail', domain }));
  const systems = [
    { id: 'thu-tot', level: 4, endpoints: [{ kind: 'mail', domain: 'tot.vn', dkimSelectors: ['thang01'] }] },
    { id: 'thu-xau', level: 4, endpoints: mail('xau.vn', 'nghi.vn') },
    { id: 'thu-ngoai', level: 3, endpoints: mail('ngoai.vn') },
  ];
  // The exchanger of ngoai.vn is at an address that no document names.
  const networks = [10, 11, 12, 20, 21].map((n) => lab.at(n));
  writeFileSync(folder.file('tinh.yaml'), sketchInventory(systems, {}, { networks }));
  const scan = await rasoat([
    ...['scan', '--inventory', folder.file('tinh.yaml'), '--out', folder.file('out'), '--trust', lab.trust],
    ...['--resolver', `${lab.resolver.address}:${lab.resolver.port}`, '--dns-anchors', lab.anchors],
  ]);
  if (scan.code !== 1) throw new Error(`${String(scan.code)} ${scan.out} ${scan.err}`);
  findings = await findingsOf(folder.file('out'));
});

afterAll(async () => {
  await lab.stop();
  folder.remove();
});

const of = (domain: string, outcome: string) =>
  findings
    .filter(({ target, outcome: seen }) => target === `${domain} [mail]` && seen === outcome)
    .map(({ check }) => check);

describe('an inventory with mail domains', () => {
  it('comes through the program into findings, each with its evidence', () => {
    expect(of('tot.vn', 'fail')).toEqual(['mx-ipv6']);
    expect(of('tot.vn', 'not-observed')).toEqual([]);
    expect(of('xau.vn', 'fail')).toEqual(
      expect.arrayContaining(['spf-syntax', 'mx-starttls', 'dmarc-policy', 'mta-sts-valid']),
    );
    const startTls = findings.find(({ target, check }) => target === 'xau.vn [mail]' && check === 'mx-starttls');
    expect(startTls?.evidence[0]).toMatchObject({
      at: '/mail/startTls/1',
      saw: { server: `mx2.xau.vn [${lab.at(12)}]`, offered: false },
    });
    expect(of('nghi.vn', 'pass')).toContain('mail-unused');
  });

  it('tells a good and a bad domain of our own apart by what is expected of controls', async () => {
    const { good, bad } = await readExpectations();
    expect(of('tot.vn', 'pass')).toEqual(expect.arrayContaining([...(good.mail?.checks ?? [])]));
    expect(of('ngoai.vn', 'fail')).toEqual(expect.arrayContaining([...(bad.mail?.checks ?? [])]));
  });

  it('sends nothing to an exchanger out of scope and says so', () => {
    const finding = findings.find(({ target, check }) => target === 'ngoai.vn [mail]' && check === 'mx-starttls');
    expect(finding?.outcome).toBe('not-observed');
    expect(finding?.cause?.failure.code).toBe('not-permitted');
  });

  it('gives the same findings when judged again without the servers', async () => {
    await lab.stop();
    const again = await rasoat(['rejudge', '--out', folder.file('out')]);
    expect(again.code).toBeLessThanOrEqual(1);
    const key = ({ target, check, outcome }: PublishedFinding) => `${target} ${check} ${outcome}`;
    expect((await findingsOf(folder.file('out'))).map(key).sort()).toEqual(findings.map(key).sort());
  });
});

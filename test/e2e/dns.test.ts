import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readExpectations } from '../../src/engine/controls/expectations.ts';
import { startDnsLab, type DnsLab } from '../servers/dns-lab.ts';
import { findingsOf, rasoat, rasoatHere, scratch, startRasoat, type PublishedFinding } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const domains = [
  'tot.gov.vn',
  'khongky.gov.vn',
  'hethan.gov.vn',
  'saids.gov.vn',
  'yeu.gov.vn',
  'daidien.gov.vn',
  'treo.gov.vn',
  'vong.gov.vn',
  'mo.gov.vn',
  'que.gov.vn',
  'lech.gov.vn',
  'chet.gov.vn',
  'khong-co.gov.vn',
];
const folder = scratch();
let lab: DnsLab;
let findings: readonly PublishedFinding[];
let printed: string;

const labArgs = () => ['--dns-anchors', lab.anchors, '--dns-port', String(lab.port)];
const resolver = () => `${lab.resolver.address}:${lab.resolver.port}`;

/** The failing checks of a domain. */
const fails = (domain: string) =>
  findings
    .filter(({ target, outcome }) => target === `${domain} [dns]` && outcome === 'fail')
    .map(({ check }) => check)
    .toSorted();
const of = (domain: string, check: string) =>
  findings.find((one) => one.target === `${domain} [dns]` && one.check === check);

beforeAll(async () => {
  lab = await startDnsLab('127.53.3');
  const system = { id: 'ten-mien', endpoints: domains.map((domain) => ({ kind: 'domain', domain })) };
  writeFileSync(folder.file('inventory.yaml'), sketchInventory([system], {}, { networks: ['127.53.3.0/24'] }));
  const out = folder.file('out');
  const args = [
    'scan',
    '--inventory',
    folder.file('inventory.yaml'),
    '--out',
    out,
    '--no-report',
    '--resolver',
    resolver(),
    ...labArgs(),
  ];
  const result = await rasoat(args);
  expect(result.err).not.toContain('Error');
  printed = result.out;
  findings = await findingsOf(out);
});
afterAll(async () => {
  await lab.stop();
  folder.remove();
});

describe('domains of a real DNS tree, from the inventory to findings', () => {
  /** What every domain of the lab shares: one network, no IPv6 servers, no IPv6 address, no CAA. */
  const common = ['caa-present', 'dns-server-ipv6', 'dns-server-networks', 'domain-ipv6'];

  it.each([
    // Its IPv6 name servers stand in two networks; nothing else is amiss.
    ['tot.gov.vn', ['domain-ipv6']],
    ['khongky.gov.vn', [...common, 'dnssec-signed']],
    ['hethan.gov.vn', [...common, 'dnssec-valid']],
    ['saids.gov.vn', [...common, 'dnssec-valid']],
    ['yeu.gov.vn', [...common, 'dnssec-algorithm', 'dnssec-ds-digest', 'nsec3-iterations']],
    ['daidien.gov.vn', [...common, 'dns-wildcard']],
    ['treo.gov.vn', [...common, 'dangling-alias']],
    ['khong-co.gov.vn', ['domain-exists']],
  ])('%s', (domain, expected) => {
    const seen = fails(domain).filter((check) => check !== 'dns-server-version');
    expect(seen).toEqual(expected.toSorted());
  });

  it('what a domain of our own as a control must be read as holds of a good one and a bad one here', async () => {
    const { good, bad } = await readExpectations();
    for (const id of good.dns?.checks ?? []) expect([id, of('tot.gov.vn', id)?.outcome]).toEqual([id, 'pass']);
    for (const id of bad.dns?.checks ?? []) expect([id, of('khongky.gov.vn', id)?.outcome]).toEqual([id, 'fail']);
  });

  it('a server that resolves for strangers and gives its zone away is told from one that does not', () => {
    expect(fails('mo.gov.vn')).toEqual(
      expect.arrayContaining(['dns-recursion', 'dns-server-count', 'dns-server-version', 'dns-zone-transfer']),
    );
    expect(of('mo.gov.vn', 'dns-zone-transfer')?.evidence).toMatchObject([
      { at: '/dns/transferring/0', saw: { name: 'ns1.mo.gov.vn', address: lab.at(21) } },
    ]);
    expect(of('tot.gov.vn', 'dns-recursion')?.outcome).toBe('pass');
    expect(of('tot.gov.vn', 'dns-zone-transfer')?.outcome).toBe('pass');
  });

  it('a server that refuses the zone is lame, servers with other copies and other lists are named', () => {
    expect(of('que.gov.vn', 'dns-server-authority')?.evidence).toMatchObject([
      { saw: { name: 'ns2.que.gov.vn', address: lab.at(11), state: 'refused' } },
    ]);
    expect(of('lech.gov.vn', 'dns-serial')?.outcome).toBe('fail');
    expect(of('lech.gov.vn', 'dns-delegation')?.evidence.map(({ saw }) => saw)).toEqual([
      'ns3.lech.gov.vn',
      'ns2.lech.gov.vn',
    ]);
    expect(of('tot.gov.vn', 'dns-delegation')?.outcome).toBe('pass');
  });

  it('a domain whose servers all refuse it is dead, which is seen through what the parent knows of them', () => {
    expect(of('chet.gov.vn', 'dns-server-authority')?.evidence).toMatchObject([
      { saw: { name: 'ns1.chet.gov.vn', address: lab.at(11), state: 'refused' } },
    ]);
    expect(of('chet.gov.vn', 'domain-exists')?.outcome).toBe('not-observed');
    expect(of('chet.gov.vn', 'dangling-alias')?.outcome).toBe('not-observed');
  });

  it('a dangling alias names the provider where anybody may take the name; a loop is no dangling alias', () => {
    expect(of('treo.gov.vn', 'dangling-alias')?.evidence).toMatchObject([
      { saw: { name: 'www.treo.gov.vn', target: 'cong-cu.azurewebsites.net', provider: 'azurewebsites.net' } },
    ]);
    expect(of('vong.gov.vn', 'alias-loop')?.outcome).toBe('fail');
    expect(of('vong.gov.vn', 'dangling-alias')?.outcome).toBe('pass');
  });

  it('why a chain is broken is told, and an unsigned domain is not asked about its signatures', () => {
    expect(of('hethan.gov.vn', 'dnssec-valid')?.evidence).toMatchObject([
      { saw: { zone: 'hethan.gov.vn', why: 'expired' } },
    ]);
    expect(of('saids.gov.vn', 'dnssec-valid')?.evidence).toMatchObject([{ saw: { why: 'ds-mismatch' } }]);
    expect(of('khongky.gov.vn', 'dnssec-valid')?.outcome).toBe('not-applicable');
    expect(of('tot.gov.vn', 'dnssec-valid')?.outcome).toBe('pass');
  });

  it('a certificate that may not be looked at leaves the question of its issuer open', () => {
    expect(of('tot.gov.vn', 'caa-issuer')).toMatchObject({
      outcome: 'not-observed',
      cause: { failure: { code: 'not-permitted' } },
    });
  });

  it('the resolver is counted apart from what name servers received', () => {
    expect(printed).toMatch(new RegExp(`queries to our own resolver \\(${lab.resolver.address} port ${lab.port}\\)`));
    expect(printed).toMatch(/\d+ UDP queries to name servers/);
  });
});

describe('scope', () => {
  const scan = async (name: string, inventory: string, ...args: readonly string[]) => {
    writeFileSync(folder.file(`${name}.yaml`), inventory);
    const result = await rasoatHere([
      'scan',
      '--inventory',
      folder.file(`${name}.yaml`),
      '--out',
      folder.file(name),
      ...args,
    ]);
    return {
      ...result,
      findings: result.code === 2 || args.includes('--dry-run') ? [] : await findingsOf(folder.file(name)),
    };
  };
  const system = { id: 'ten-mien', endpoints: [{ kind: 'domain', domain: 'mo.gov.vn' }] };

  it('name servers that no document covers hear nothing; the resolver still tells what it knows', async () => {
    const inventory = sketchInventory([system], {}, { networks: ['127.99.0.0/16'] });
    const { findings: found } = await scan('foreign', inventory, '--resolver', resolver(), ...labArgs());
    const transfer = found.find(({ check }) => check === 'dns-zone-transfer');
    expect(transfer).toMatchObject({ outcome: 'not-observed', cause: { failure: { code: 'not-permitted' } } });
    expect(found.find(({ check }) => check === 'dnssec-signed')?.outcome).toBe('fail');
    const store = new DatabaseSync(folder.file('foreign/rasoat.sqlite'));
    expect(store.prepare('select sum(datagrams + connections) as sent from cost').get()).toMatchObject({ sent: 0 });
    store.close();
  });

  it('a zone’s resolver in the inventory is asked, and a resumed run goes on asking the one that it began with', async () => {
    const ear = createSocket('udp4');
    let heard = 0;
    ear.on('message', () => (heard += 1));
    ear.bind(lab.port, '127.53.3.200');
    await once(ear, 'listening');
    const text = sketchInventory([system]).replace(
      'name: Internet',
      `name: Internet\n    resolver: 127.53.3.200:${lab.port}`,
    );
    writeFileSync(folder.file('resume.yaml'), text);
    const out = folder.file('resume');
    const { child, ended } = startRasoat([
      'scan',
      '--inventory',
      folder.file('resume.yaml'),
      '--out',
      out,
      '--no-report',
    ]);
    while (heard === 0) await sleep(20);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    heard = 0;
    await rasoat(['scan', '--resume', '--out', out, '--no-report', '--resolver', resolver()]);
    ear.close();
    expect(heard).toBeGreaterThan(0);
    const found = await findingsOf(out);
    expect(found.find(({ check }) => check === 'dnssec-signed')).toMatchObject({
      outcome: 'not-observed',
      cause: { failure: { code: 'dns' } },
    });
  });

  it('an excluded domain is not even asked about', async () => {
    const text = sketchInventory([system]);
    const excluded = stringify({
      ...(parse(text) as object),
      exclusions: [{ domains: ['mo.gov.vn'], reason: 'Cơ quan khác quản lý' }],
    });
    const before = lab.heard();
    const { findings: found } = await scan('excluded', excluded, '--resolver', resolver(), ...labArgs());
    expect(lab.heard()).toBe(before);
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['not-observed']));
  });

  it('names of endpoints are looked up by the resolver that was named, and nobody’s that are excluded', async () => {
    const server = createServer((_, response) => response.end('<title>1</title>'));
    server.listen(18_953, '127.53.9.9');
    await once(server, 'listening');
    const web = { id: 'trang', endpoints: [{ kind: 'web', url: 'http://www.mo.gov.vn:18953/' }] };
    const text = sketchInventory([web], {}, { networks: ['127.53.9.0/24'] });
    const named = await scan('named', text, '--resolver', resolver(), '--no-report');
    expect(new Set(named.findings.map(({ target }) => target))).toEqual(
      new Set(['http://www.mo.gov.vn:18953/ [127.53.9.9]']),
    );
    expect(named.findings.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(0);
    expect(named.out).toMatch(/\d+ queries to our own resolver/);
    server.close();
    const excluded = stringify({
      ...(parse(text) as object),
      exclusions: [{ domains: ['mo.gov.vn'], reason: 'Khác' }],
    });
    const before = lab.heard();
    await scan('excluded-web', excluded, '--resolver', resolver(), '--no-report');
    expect(lab.heard()).toBe(before);
  });

  it('a dry run says that the domain’s servers are held against the documents later, and asks nobody', async () => {
    const before = lab.heard();
    const { out } = await scan('dry', sketchInventory([system]), '--resolver', resolver(), '--dry-run');
    expect(out).toContain('mo.gov.vn [dns]');
    expect(out).toContain('ports 53');
    expect(lab.heard()).toBe(before);
  });

  it('refuses a resolver that is no address', async () => {
    const { code, err } = await scan('bad', sketchInventory([system]), '--resolver', 'resolver.example');
    expect(code).toBe(2);
    expect(err).toContain('cannot read the resolver');
  });
});

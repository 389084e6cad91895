import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../../src/model/failure.ts';
import type { StartTls } from '../../../../src/model/facts/tls.ts';
import { createTlsProbe } from '../../../../src/probe/tls/probe.ts';
import { startDovecot, startPostfix, startPostgres, startVsftpd } from '../../../servers/starttls-daemons.ts';
import { makeCertificates, type LabCertificates } from '../../../servers/tls-certificates.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import type { RunningServer } from '../../../servers/process.ts';
import { openWire, serviceTarget } from '../../../servers/tls-wire.ts';
import { codesOf, nmapSets, setsOf } from '../peers.ts';
import { opensslHandshake, sslscanStartTls } from './peers.ts';

const hosts = {
  mail: '127.0.35.1',
  mailWithoutDh: '127.0.35.6',
  ftp: '127.0.35.2',
  plainFtp: '127.0.35.3',
  sql: '127.0.35.4',
  plainSql: '127.0.35.5',
};

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
const servers: RunningServer[] = [];

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
  const at = (host: string) => ({ dir: directory.path, host, certificate: certificates.rsa });
  const started = await Promise.allSettled([
    startPostfix(at(hosts.mail)),
    startDovecot(at(hosts.mail)),
    startDovecot(at(hosts.mailWithoutDh), false),
    startVsftpd(at(hosts.ftp), true),
    startVsftpd(at(hosts.plainFtp), false),
    startPostgres(at(hosts.sql), true),
    startPostgres(at(hosts.plainSql), false),
  ]);
  for (const each of started) if (each.status === 'fulfilled') servers.push(each.value);
  for (const each of started) if (each.status === 'rejected') throw each.reason;
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await directory.remove();
});

function observe(address: string, port: number, startTls: StartTls, wire = openWire()) {
  const probe = createTlsProbe({ extraRoots: [certificates.root], deep: false });
  const target = { ...serviceTarget(address, port, 'lab.test'), startTls };
  return probe.observe({ target, wire, signal: new AbortController().signal });
}

describe('a real server that offers STARTTLS', () => {
  it.each([
    ['postfix', hosts.mail, 25, 'smtp', 'smtp'],
    ['dovecot', hosts.mail, 143, 'imap', 'imap'],
    ['dovecot', hosts.mail, 110, 'pop3', 'pop3'],
    ['dovecot', hosts.mail, 4190, 'sieve', undefined],
    ['dovecot', hosts.mail, 24, 'lmtp', undefined],
    ['vsftpd', hosts.ftp, 21, 'ftp', 'ftp'],
    ['PostgreSQL', hosts.sql, 5432, 'postgres', 'psql'],
  ] as const)('is seen as its peers see it: %s at %s:%i (%s)', async (server, address, port, startTls, sslscan) => {
    const wire = openWire();
    const facts = await observe(address, port, startTls, wire);
    expect(facts).toMatchObject({ starttls: startTls, port, sni: 'lab.test' });
    expect(facts.protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true });
    expect(facts.protocols.SSLv3).toEqual({ offered: false });
    expect(facts.verified).toMatchObject({ trusted: true, nameMatches: true });
    expect(facts.secondOpinion).toBeUndefined();
    const openssl = await opensslHandshake(address, port, startTls);
    expect(facts.chains?.map(([leaf]) => leaf?.sha256)).toEqual([openssl.leaf]);
    expect(facts.verified?.protocol).toBe(openssl.protocol);
    if (sslscan !== undefined) expect(codesOf(facts)).toEqual(await sslscanStartTls(address, port, sslscan));
    const suites = Object.values(facts.protocols).reduce((sum, { suites: own = [] }) => sum + own.length, 0);
    // Dovecot refuses by an end: one more for each version that it does not speak, two more for the suites of one.
    expect(wire.costs()[0]?.connections).toBeLessThanOrEqual(suites + 16 + (server === 'dovecot' ? 3 + 2 : 0));
  });
});

it('dovecot without DH parameters, which closes when it has chosen DHE, hides nothing', async () => {
  const facts = await observe(hosts.mailWithoutDh, 143, 'imap');
  const { 'TLSv1.2': nmap } = await nmapSets(hosts.mailWithoutDh, 143, 'lab.test');
  expect(nmap?.length).toBeGreaterThan(3);
  expect(setsOf(facts)['TLSv1.2']).toEqual(nmap);
  expect(facts.protocols['TLSv1.2']?.complete).toBe(true);
});

describe('a real server that does not', () => {
  it.each([
    ['postfix', hosts.mail, 2525, 'smtp', /^STARTTLS not offered: "250-mail\.lab\.test\\r\\n250-/],
    ['vsftpd', hosts.plainFtp, 21, 'ftp', /^STARTTLS refused: "530 Please login/],
    ['PostgreSQL', hosts.plainSql, 5432, 'postgres', /^STARTTLS refused: "N"$/],
  ] as const)('says so after at most two connections: %s', async (_server, address, port, startTls, detail) => {
    const wire = openWire();
    const error: unknown = await observe(address, port, startTls, wire).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure).toMatchObject({ code: 'tls', retryable: false });
    expect((error as FailureError).failure.detail).toMatch(detail);
    expect(wire.costs()[0]?.connections).toBeLessThanOrEqual(2);
  });

  it('is told from one that speaks another protocol', async () => {
    await expect(observe(hosts.mail, 25, 'imap')).rejects.toMatchObject({ failure: { code: 'protocol' } });
    await expect(observe(hosts.mail, 143, 'smtp')).rejects.toMatchObject({ failure: { code: 'protocol' } });
    await expect(observe(hosts.mail, 110, 'ldap')).rejects.toMatchObject({ failure: { code: 'protocol' } });
  });
});

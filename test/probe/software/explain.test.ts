import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softwareSources } from '../../../src/model/facts/software.ts';
import { explainBanner } from '../../../src/probe/software/explain.ts';
import { faviconHash, murmur3 } from '../../../src/probe/software/favicon.ts';
import { sourceNamed } from '../../../src/probe/software/source-name.ts';

const explain = (name: string, text: string) => {
  const named = sourceNamed(name);
  if (named === undefined) throw new Error(`no source ${name}`);
  const read = named(text);
  return explainBanner(read.source, read.text);
};

describe('one banner explained', () => {
  it.each([
    ['ssh.banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3', 'cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*'],
    ['http.server', 'nginx/1.22.1', 'cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*'],
    ['http.server', 'Apache/2.4.57 (Debian)', 'cpe:2.3:a:apache:http_server:2.4.57:*:*:*:*:*:*:*'],
    ['http.server', 'Microsoft-IIS/10.0', 'cpe:2.3:a:microsoft:internet_information_services:10.0:*:*:*:*:*:*:*'],
    ['html.generator', 'Joomla! 3.9', 'cpe:2.3:a:joomla:joomla\\!:3.9:*:*:*:*:*:*:*'],
    [
      'http.header:X-OWA-Version',
      '15.2.1118.7',
      'cpe:2.3:a:microsoft:exchange_server:2019:cumulative_update_12:*:*:*:*:*:*',
    ],
    ['mssql', '15.0.2000.5', 'cpe:2.3:a:microsoft:sql_server_2019:15.0.2000.5:*:*:*:*:*:*:*'],
    ['snmp', 'RouterOS RB750Gr3 v6.49.7', 'cpe:2.3:o:mikrotik:routeros:6.49.7:*:*:*:*:*:*:*'],
    ['dns', '9.11.4-P2', 'cpe:2.3:a:isc:bind:9.11.4:p2:*:*:*:*:*:*'],
  ])('%s %s', (source, text, cpe) => {
    expect(explain(source, text).cpe).toBe(cpe);
  });

  it.each([
    [
      'ssh',
      'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3',
      '1:9.2p1-2+deb12u3',
      'pkg:deb/debian/openssh@1:9.2p1-2%2Bdeb12u3?distro=debian-12',
    ],
    [
      'http.x-powered-by',
      'PHP/7.2.24-0ubuntu0.18.04.17',
      '7.2.24-0ubuntu0.18.04.17',
      'pkg:deb/ubuntu/php7.2@7.2.24-0ubuntu0.18.04.17?distro=ubuntu-18.04',
    ],
    ['html.script', '/js/jquery-3.3.1.min.js', null, 'pkg:npm/jquery@3.3.1'],
  ])('%s %s tells its package', (source, text, packaged, purl) => {
    expect(explain(source, text)).toMatchObject({ package: packaged, purl });
  });

  it.each([
    ['http.header:MicrosoftSharePointTeamServices', '16.0.0.10337', 'SharePoint 2019'],
    ['http.header:MicrosoftSharePointTeamServices', '15.0.0.4569', 'SharePoint 2013'],
    ['http.header:x-owa-version', '15.1.2507.35', 'Exchange Server 2016 CU23'],
    ['http.x-aspnet-version', '4.0.30319', '.NET Framework 4.0–4.8.1 (CLR 4)'],
    ['smb', '10.0.20348', 'Windows Server 2022'],
    ['mssql', '13.0.5026.0', 'SQL Server 2016'],
    ['http.server', 'Microsoft-IIS/8.5', 'IIS 8.5 (Windows Server 2012 R2, Windows 8.1)'],
  ])('%s %s is %s', (source, text, release) => {
    expect(explain(source, text).release).toBe(release);
  });

  it('names the principal product, and the others behind it', () => {
    const found = explain('http.server', 'Server: Apache/2.4.57 (Debian) OpenSSL/3.0.11 PHP/8.1.2');
    expect(found).toMatchObject({
      product: 'apache-http-server',
      vendor: 'apache',
      os: 'debian',
      from: 'http.server',
      confidence: 'high',
    });
    expect(found.also.map(({ product, version }) => `${product ?? ''} ${version ?? ''}`)).toEqual([
      'openssl 3.0.11',
      'php 8.1.2',
    ]);
  });

  it('says how sure it is', () => {
    expect(explain('http.cookie', 'PHPSESSID').confidence).toBe('medium');
    expect(explain('html.generator', 'Site Maker 3.1').confidence).toBe('low');
  });

  it('says nothing of words that name no product, and knows no source that is none', () => {
    expect(explain('smtp', '220 mx ESMTP')).toMatchObject({
      product: null,
      version: null,
      cpe: null,
      from: 'smtp.banner',
      also: [],
    });
    for (const name of ['', 'constructor', 'http.header:', 'smtp.banners', 'foo'])
      expect(sourceNamed(name)).toBeUndefined();
    expect(sourceNamed('tls.certificate')?.('CN=x').source).toBe('x509.certificate');
    expect(explain('http.header', 'Server: nginx/1.2.3')).toMatchObject({ product: 'nginx', from: 'http.server' });
  });

  it('is total', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...softwareSources),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (source, text) => {
          const { product, also } = explainBanner(source, text);
          if (product === null) expect(also).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the number of a favicon', () => {
  // Vectors of MurmurHash3_x86_32 (SMHasher's reference).
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0, 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ])('murmur3 of %j with seed %d', (text, seed, expected) => {
    expect(murmur3(Buffer.from(text), seed) >>> 0).toBe(expected);
  });

  it('is of the base64 in lines, each with its line feed', () => {
    const icon = Buffer.alloc(100, 7);
    const text = icon.toString('base64');
    const lines = `${text.slice(0, 76)}\n${text.slice(76)}\n`;
    expect(faviconHash(icon)).toBe(murmur3(Buffer.from(lines)));
  });
});

// Small files of every feed, to the publishers' schemas.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { rootCertificates } from 'node:tls';
import yazl from 'yazl';
import { anyOf, makeCve, makePage, match } from './nvd.ts';

export const kev = (cves: readonly string[], date = '2026-11-20T17:04:19.9796Z'): string =>
  JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: '2026.11.20',
    dateReleased: date,
    count: cves.length,
    vulnerabilities: cves.map((cveID) => ({
      cveID,
      vendorProject: 'F5',
      product: 'NGINX',
      vulnerabilityName: 'F5 NGINX Made-Up Vulnerability',
      dateAdded: '2026-01-10',
      shortDescription: 'Made up.',
      requiredAction: 'Apply updates per vendor instructions.',
      dueDate: '2026-01-31',
      knownRansomwareCampaignUse: 'Known',
      notes: '',
      cwes: ['CWE-193'],
    })),
  });

export const epss = (rows: readonly string[], date = '2026-11-21T12:55:00Z'): string =>
  [`#model_version:v2025.03.14,score_date:${date}`, 'cve,epss,percentile', ...rows, ''].join('\n');

export const endOfLife = (date = '2026-11-19T08:00:00+00:00'): string =>
  JSON.stringify({
    schema_version: '1.2.0',
    generated_at: date,
    total: 1,
    result: [
      {
        name: 'nginx',
        aliases: [],
        label: 'nginx',
        category: 'server-app',
        tags: [],
        identifiers: [{ id: 'cpe:2.3:a:f5:nginx', type: 'cpe' }],
        releases: [
          { name: '1.32', label: '1.32', releaseDate: '2026-10-01', isEol: false, eolFrom: null, isMaintained: true },
          { name: '1.30', label: '1.30', releaseDate: '2026-04-14', isEol: true, eolFrom: '2026-11-01' },
          { name: '0.1', label: '0.1', releaseDate: '2004-10-04', isEol: true, eolFrom: null },
        ],
      },
    ],
  });

export const debian = (): string =>
  JSON.stringify({
    openssh: {
      'CVE-2024-6387': {
        description: 'regreSSHion',
        scope: 'local',
        releases: {
          bookworm: {
            status: 'resolved',
            repositories: { bookworm: '1:9.2p1-2+deb12u7', 'bookworm-security': '1:9.2p1-2+deb12u7' },
            fixed_version: '1:9.2p1-2+deb12u3',
            urgency: 'not yet assigned',
          },
        },
      },
      'CVE-2023-99999': {
        releases: {
          bookworm: { status: 'resolved', repositories: { bookworm: '1:9.2p1-2+deb12u7' }, fixed_version: '0' },
        },
      },
      'CVE-2025-11111': {
        releases: { bookworm: { status: 'open', repositories: { bookworm: '1:9.2p1-2+deb12u7' }, urgency: 'low' } },
      },
      'CVE-2025-22222': {
        releases: { bookworm: { status: 'undetermined', repositories: { bookworm: '1:9.2p1-2+deb12u7' } } },
      },
    },
  });

export const retire = (): string =>
  JSON.stringify({
    'retire-example': { licenses: ['Apache-2.0 >=0'], vulnerabilities: [{ below: '0.0.2' }], extractors: {} },
    jquery: {
      bowername: ['jQuery'],
      npmname: 'jquery',
      vulnerabilities: [
        {
          atOrAbove: '1.2.0',
          below: '3.5.0',
          excludes: ['1.12.4-aem'],
          severity: 'medium',
          identifiers: { summary: 'XSS in htmlPrefilter', CVE: ['CVE-2020-11022'], githubID: 'GHSA-gxr4-xjj5-5px2' },
          info: ['https://blog.jquery.example/'],
        },
        { below: '2.999.999', severity: 'low', identifiers: { summary: 'no longer maintained', retid: '73' } },
      ],
      extractors: { filename: ['jquery-(§§version§§)(\\.min)?\\.js'] },
    },
  });

export const recog = (): string => `<?xml version="1.0" encoding="UTF-8"?>
<fingerprints matches="ssh.banner" protocol="ssh" database_type="service" preference="0.90">
  <fingerprint pattern="^OpenSSH_(\\d+\\.\\d+\\S*)" flags="REG_ICASE">
    <description>OpenSSH</description>
    <example service.version="9.2p1">OpenSSH_9.2p1</example>
    <param pos="0" name="service.vendor" value="OpenBSD"/>
    <param pos="1" name="service.version"/>
  </fingerprint>
  <fingerprint pattern="(?&lt;=a(b"><description>not a pattern</description></fingerprint>
</fingerprints>
`;

export const publicSuffix = (): string => `// VERSION: 2026-11-18_09-00-00_UTC
// ===BEGIN ICANN DOMAINS===
vn
gov.vn
// ===END ICANN DOMAINS===
// ===BEGIN PRIVATE DOMAINS===
github.io
// ===END PRIVATE DOMAINS===
`;

export const root = (): string => `# a national root\n${rootCertificates[0] ?? ''}\n`;

/** Three years of the NVD, with entries of nginx and OpenSSH. */
export const nvd = (timestamp = '2026-11-20T00:00:00.000'): string =>
  makePage(
    [
      makeCve('CVE-2021-23017', [
        anyOf(
          match('cpe:2.3:a:f5:nginx:*:*:*:*:*:*:*:*', {
            versionStartIncluding: '0.6.18',
            versionEndExcluding: '1.20.1',
          }),
        ),
      ]),
      makeCve('CVE-2024-6387', [
        anyOf(
          match('cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*', {
            versionEndExcluding: '9.8',
            versionStartIncluding: '8.6',
          }),
          match('cpe:2.3:a:openbsd:openssh:8.5:p1:*:*:*:*:*:*'),
        ),
      ]),
    ],
    { timestamp },
  );

export const osvEntry = (id: string, body: Readonly<Record<string, unknown>>): readonly [string, string] => [
  `${id}.json`,
  JSON.stringify({
    schema_version: '1.7.0',
    id,
    modified: '2026-11-17T10:00:00Z',
    published: '2020-04-29T22:18:55Z',
    ...body,
  }),
];

const osvJquery = osvEntry('GHSA-gxr4-xjj5-5px2', {
  aliases: ['CVE-2020-11022'],
  summary: 'Potential XSS vulnerability in jQuery',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'jquery', purl: 'pkg:npm/jquery' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '1.2.0' }, { fixed: '3.5.0' }] }],
    },
  ],
});

/** Writes a zip of compressed entries. */
export async function writeZip(path: string, entries: readonly (readonly [string, string])[]): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of entries) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** One file of every feed in a folder, under names that tell nothing. */
export async function writeAll(folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const texts = [kev(['CVE-2021-23017']), endOfLife(), debian(), retire(), recog(), publicSuffix(), root(), nvd()];
  const files = texts.map((text, index) => {
    const file = join(folder, `file-${index}`);
    writeFileSync(file, text);
    return file;
  });
  const scores = join(folder, 'file-epss');
  writeFileSync(scores, gzipSync(epss(['CVE-2021-23017,0.71542,0.98700', 'CVE-2024-6387,5.0e-05,0.1'])));
  const zip = join(folder, 'file-osv');
  await writeZip(zip, [osvJquery]);
  return [...files, scores, zip];
}

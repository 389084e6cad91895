import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyOf, makeCve, makePage, match } from '../feeds/made/nvd.ts';
import type { RunningServer } from '../servers/process.ts';
import { startSshd } from '../servers/sshd.ts';
import { rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

/**
 * One system whose software is exposed, past its support, possibly and surely vulnerable, and exploited, by feeds to the
 * publishers' schemas; and, where the real files of `shared/data` are at hand, by those.
 */
const address = (n: number) => `127.62.12.${n}`;
const today = new Date().toISOString();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

// Debian has none of that age, so their headers are said by another server.
const headers: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: { server: 'Apache/2.4.49 (Unix)', 'x-powered-by': 'PHP/5.6.40' },
  2: { server: 'Microsoft-IIS/8.5' },
  3: { server: 'nginx/1.22.1' },
  4: { server: 'Apache Tomcat/9.0.98' },
};
const servers: Server[] = [];
let sshd: RunningServer;
const here = scratch();

const kev = (entries: readonly (readonly [cve: string, vendor: string, product: string, due: string])[]) =>
  JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: '2026.11.20',
    dateReleased: today,
    count: entries.length,
    vulnerabilities: entries.map(([cveID, vendorProject, product, dueDate]) => ({
      cveID,
      vendorProject,
      product,
      vulnerabilityName: `${vendorProject} ${product} Vulnerability`,
      dateAdded: '2021-11-03',
      shortDescription: 'x',
      requiredAction: 'Apply updates per vendor instructions.',
      dueDate,
      knownRansomwareCampaignUse: 'Known',
      notes: '',
      cwes: [],
    })),
  });

const nvd = makePage(
  [
    // A whole NVD has entries of each of its years.
    ...Array.from({ length: new Date().getUTCFullYear() - 2001 }, (_none, at) => makeCve(`CVE-${2002 + at}-0001`, [])),
    makeCve('CVE-2021-41773', [anyOf(match('cpe:2.3:a:apache:http_server:2.4.49:*:*:*:*:*:*:*', {}))]),
    makeCve('CVE-2024-7347', [
      anyOf(
        match('cpe:2.3:a:f5:nginx:*:*:*:*:*:*:*:*', { versionStartIncluding: '1.5.13', versionEndExcluding: '1.26.2' }),
      ),
    ]),
  ],
  { timestamp: today.replace('Z', '') },
);

const tracker = (name: string, cve: string, fixed?: string) => ({
  [name]: {
    [cve]: {
      releases: {
        bookworm: {
          status: fixed === undefined ? 'open' : 'resolved',
          repositories: { bookworm: '1' },
          ...(fixed === undefined ? { urgency: 'low' } : { fixed_version: fixed }),
        },
      },
    },
  },
});
const debian = JSON.stringify({
  ...tracker('openssh', 'CVE-2025-32728'),
  ...tracker('nginx', 'CVE-2024-7347', '1.22.1-9+deb12u1'),
});
const recog = `<?xml version="1.0"?>
<fingerprints matches="http_header.server">
  <fingerprint pattern="^Apache/([\\d.]+)"><description>Apache</description>
    <param pos="0" name="service.product" value="HTTPD"/><param pos="1" name="service.version"/>
    <param pos="0" name="service.cpe23" value="cpe:/a:apache:http_server:{service.version}"/></fingerprint>
  <fingerprint pattern="^nginx/(\\d+\\.\\d+)\\.\\d+"><description>nginx, read wrongly on purpose</description>
    <param pos="0" name="service.product" value="OpenResty"/><param pos="1" name="service.version"/></fingerprint>
</fingerprints>`;

beforeAll(async () => {
  for (const [n, said] of Object.entries(headers)) {
    const server = createServer((_request, response) => {
      for (const [name, value] of Object.entries(said)) response.setHeader(name, value);
      response.end('<title>x</title>');
    });
    await new Promise<void>((resolve) => server.listen(80, address(Number(n)), resolve));
    servers.push(server);
  }
  mkdirSync(here.file('sshd'));
  sshd = await startSshd(here.file('sshd'), { host: address(1), port: 22 });
  writeFileSync(here.file('dpkg.txt'), `ii  nginx  1.22.1-9  amd64  small, powerful web server\n`);
  writeFileSync(here.file('kb.txt'), 'Hotfix(s): 2 Hotfix(s) Installed.\n [01]: KB5031364\n [02]: KB5032189\n');
  const inventory = parse(
    sketchInventory([
      {
        id: 'cong',
        endpoints: [1, 2, 3, 4].map((n) => ({
          kind: 'host',
          host: address(n),
          services: [{ port: 80, service: 'http' }],
        })),
      },
    ]),
  ) as { systems: Record<string, unknown>[] };
  Object.assign(inventory.systems[0] ?? {}, {
    packages: [
      { file: 'dpkg.txt', from: 'dpkg', host: address(3), date: daysAgo(10), system: 'debian', release: '12' },
      { file: 'kb.txt', from: 'windows-kb', host: address(2), date: daysAgo(20) },
    ],
  });
  writeFileSync(here.file('tinh.yaml'), stringify(inventory));
});
afterAll(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await sshd.stop();
  here.remove();
});

/** The tables of a page as lines of text, by their captions; lists beside them by the paragraph before. */
function tablesOf(html: string): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  const text = (part: string) =>
    part
      .replace(/<\/?(?:strong|bdi|code|time)[^>]*>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&#x27;/g, "'")
      .replace(/\s+/g, ' ')
      .trim();
  for (const [, caption = '', body = ''] of html.matchAll(/<caption>(.*?)<\/caption>(.*?)<\/table>/gs)) {
    const rows = [...(body.split('<tbody>')[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => text(row));
    tables.set(text(caption), [...(tables.get(text(caption)) ?? []), ...rows]);
  }
  return tables;
}

async function pageBy(name: string, files: Readonly<Record<string, string>>, given: readonly string[], days: string) {
  const folder = here.file(name);
  mkdirSync(folder);
  const paths = Object.entries(files).map(([file, content]) => {
    writeFileSync(join(folder, file), content);
    return join(folder, file);
  });
  const env = { RASOAT_FEEDS: join(folder, 'feeds') };
  const taken = await rasoat(['feeds', 'import', ...paths, ...given, '--date', today.slice(0, 10)], env);
  if (taken.code !== 0) throw new Error(taken.err);
  writeFileSync(join(env.RASOAT_FEEDS, 'settings.yaml'), days);
  const out = join(folder, 'out');
  const scan = await rasoat(['scan', '--inventory', here.file('tinh.yaml'), '--out', out, '--ports', 'connect'], env);
  if (scan.code !== 1) throw new Error(scan.err);
  const read = (path: string) => readFileSync(join(out, 'report', path), 'utf8');
  const html = { vi: read('he-thong/cong.html'), en: read('en/system/cong.html') };
  return { html, tables: tablesOf(html.en) };
}

const exploited = 'Exploited vulnerabilities, by the versions told';
const named = 'Products on the list of exploited vulnerabilities (CISA KEV), which names no versions';
const weak = 'Published vulnerabilities, by the versions told';
const ended = 'Past its support or near it';
const told = 'What the software says of itself';

describe('the page of one system', () => {
  it('shows exposed, ended, vulnerable and exploited apart, and how sure each is', async () => {
    const { html, tables } = await pageBy(
      'made',
      {
        kev: kev([
          ['CVE-2021-41773', 'Apache', 'HTTP Server', '2021-11-17'],
          ['CVE-2025-24813', 'Apache', 'Tomcat', '2025-04-22'],
        ]),
        nvd,
        debian,
        recog,
        eol: JSON.stringify({
          source: 'endoflife.date',
          asOf: today.slice(0, 10),
          products: {
            php: { title: 'PHP', releases: [{ cycle: '5.6', eol: '2018-12-31' }] },
            tomcat: { title: 'Tomcat', releases: [{ cycle: '9.0', eol: false }] },
          },
        }),
      },
      [],
      '{}\n',
    );
    expect(tables.get(exploited)).toEqual([
      expect.stringMatching(
        /^apache-http-server 2\.4\.49 port 80 CVE-2021-41773 .*known to be exploited \(CISA KEV\), due 17.11.2021.* Possible: by the version of a banner alone/,
      ),
    ]);
    expect(tables.get(named)).toEqual([
      expect.stringMatching(
        /^tomcat 9\.0\.98 port 80 1 vulnerability of the product.*CVE-2025-24813.*names no versions/,
      ),
    ]);
    expect([...(tables.get(weak) ?? [])].sort()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^nginx 1\\.22\\.1 port 80 CVE-2024-7347 .*fixed in 1\\.22\\.1-9\\+deb12u1 By the list of packages .*nginx 1\\.22\\.1-9`,
        ),
      ),
      expect.stringMatching(/^openssh \S+ port 22 CVE-2025-32728 .*Likely: the distribution package is below/),
    ]);
    expect([...(tables.get(ended) ?? [])].sort()).toEqual([
      expect.stringMatching(
        /^iis 8\.5 port 80 8\.5 Ended on 10.10.2023 The owner handed in a list of 2 Windows updates \(KB\)/,
      ),
      expect.stringMatching(/^php 5\.6\.40 port 80 5\.6 Ended on 31.12.2018$/),
    ]);
    // Exposed is everything that told its version, whatever it means.
    expect(tables.get(told)).toHaveLength(6);
    expect(html.en).toMatch(/the recog fingerprints of [^<]* read it otherwise: <bdi>nginx 1\.22\.1 ≠ openresty 1\.22/);
    expect(html.en).toContain('the same in 1 of 1 places');
    expect(html.en).toMatch(/debian \S+ (?:end-of-life \S+ )+kev \S+ nvd \d\d.\d\d.\d{4}</);
    expect(html.vi).toContain('chỉ để đối chiếu, chưa đủ căn cứ kết luận');
  });

  const shared = [
    process.env['RASOAT_SHARED_DATA'],
    ...['../../../shared/data', '../../../../shared/data'].map((path) => fileURLToPath(new URL(path, import.meta.url))),
  ].find((folder) => folder !== undefined && existsSync(join(folder, 'end-of-life.json')));

  it.skipIf(shared === undefined)('says by the real lists of shared/data what they say', async () => {
    const files = ['kev-2025-08-25.json', 'end-of-life.json'].map((file) => join(shared ?? '', file));
    const limits = 'days: { kev: 3650, end-of-life: 3650 }\n';
    const { tables } = await pageBy('shared', { nvd }, files, limits);
    expect(tables.get(exploited)).toEqual([
      expect.stringMatching(
        /^apache-http-server 2\.4\.49 port 80 CVE-2021-41773 .*due 17.11.2021 · used by ransomware/,
      ),
    ]);
    expect(tables.get(named)).toContainEqual(
      expect.stringMatching(
        /^tomcat 9\.0\.98 port 80 5 vulnerabilities of the product, in some versions; newest: CVE-2025-24813/,
      ),
    );
    expect(tables.get(ended)?.join('\n')).toMatch(/php 5\.6\.40 port 80 5\.6 Ended on 31.12.2018/);
  });
});

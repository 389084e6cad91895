import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPathsPart } from '../../../../src/probe/http/paths/ask-paths.ts';
import { daemonFolder, startApache, startNginx, type WebDaemon } from '../../../servers/web-daemon.ts';
import { observePaths, requestsIn } from './observe-paths.ts';

const host = {
  neglected: '127.0.93.1',
  kept: '127.0.93.2',
  spa: '127.0.93.3',
  filtered: '127.0.93.4',
  soft: '127.0.93.5',
  moved: '127.0.93.6',
  robots: '127.0.93.7',
  closedRobots: '127.0.93.8',
  firewall: '127.0.93.10',
  apache: '127.0.93.11',
} as const;

const folder = daemonFolder('paths');
const log = (name: keyof typeof host) => join(folder, `${name}.log`);

function put(site: string, files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(folder, site);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const index = { 'index.html': '<!doctype html><title>Cổng thông tin</title><h1>Cổng thông tin</h1>' };
const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(100_000, 7)]);
const secrets = ['hunter2', 'c2VjcmV0', 'NGUYEN VAN A'];
const leftBehind = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.env': 'APP_KEY=base64:c2VjcmV0\nDB_PASSWORD=hunter2\n',
  'backup.zip': zip,
  'backup.sql': '-- MySQL dump 10.13  Distrib 8.0.35\nINSERT INTO dan_cu VALUES (1,"NGUYEN VAN A");\n',
  'wp-config.php.bak': "<?php\ndefine('DB_NAME', 'cong');\ndefine('DB_PASSWORD', 'hunter2');\n",
  'phpinfo.php':
    '<title>PHP 7.4.3 - phpinfo()</title><h1 class="p">PHP Version 7.4.3</h1><td>DB_PASS</td><td>hunter2</td>',
  'uploads/ke-hoach.docx': 'x',
  'openapi.json': '{"openapi":"3.0.1","info":{"title":"API"}}',
};
const blocked =
  '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.</body></html>';
const securityTxt = (address: string) =>
  `Contact: mailto:anm@portal.example\nExpires: ${new Date(Date.now() + 90 * 86_400_000).toISOString()}\nCanonical: https://${address}/.well-known/security.txt\n`;

function nginxConfig(): string {
  const server = (name: keyof typeof host, root: string, inside = '') =>
    `server { listen ${host[name]}:8080; root ${root}; access_log ${log(name)}; ${inside} }`;
  const site = put('site', index);
  return [
    'types { text/html html; text/plain txt; application/zip zip; }',
    server(
      'neglected',
      put('neglected', { ...index, ...leftBehind, 'robots.txt': 'User-agent: *\nDisallow: /sao-luu/\n' }),
      'autoindex on; location = /nginx_status { stub_status; } default_type application/octet-stream; location ~ php$ { default_type text/html; }',
    ),
    server(
      'kept',
      put('kept', { ...index, '.well-known/security.txt': securityTxt(host.kept) }),
      'server_tokens off; add_header X-Powered-By PHP; location ~ /\\.(?!well-known) { return 403; } charset utf-8;',
    ),
    server('spa', site, 'location / { try_files $uri /index.html; }'),
    server(
      'filtered',
      site,
      `location ~ /\\.(git|env|svn)|backup { default_type text/html; return 200 '${blocked}'; }`,
    ),
    server(
      'soft',
      put('soft', { ...index, '404.html': '<title>Không tìm thấy</title>' }),
      'error_page 404 =200 /404.html;',
    ),
    server('moved', site, 'error_page 404 =302 /;'),
    server(
      'robots',
      put('robots', { ...index, ...leftBehind, 'robots.txt': 'User-agent: *\nDisallow: /.git\nDisallow: /backup\n' }),
    ),
    server('closedRobots', site, 'location = /robots.txt { return 503; }'),
    server('firewall', site, `location / { default_type text/html; return 200 '${blocked}'; }`),
  ].join('\n');
}

const daemons: WebDaemon[] = [];
beforeAll(async () => {
  const root = put('apache', { ...index, 'files/a.txt': 'a', 'uploads/b.txt': 'b' });
  const modules = ['status', 'autoindex', 'authz_host'].map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
  );
  daemons.push(await startNginx(nginxConfig(), { host: host.kept, port: 8080 }, folder));
  daemons.push(
    await startApache(
      `${modules.join('\n')}\nListen ${host.apache}:8080\nDocumentRoot ${root}\nExtendedStatus On\nServerSignature On
       CustomLog ${log('apache')} "%h \\"%r\\""\n<Directory ${root}>\nOptions +Indexes\nRequire all granted\n</Directory>
       <Location /server-status>\nSetHandler server-status\n</Location>`,
      { host: host.apache, port: 8080 },
    ),
  );
});
afterAll(async () => {
  for (const daemon of daemons) await daemon.stop();
});

describe('a neglected nginx', () => {
  it('gives up what was left on it, with its proofs, and no secret is kept', async () => {
    const seen = await observePaths(host.neglected);
    expect(seen.checksWith('fail')).toEqual([
      'api-documentation',
      'backup-exposed',
      'configuration-exposed',
      'database-dump-exposed',
      'directory-listing',
      'environment-file-exposed',
      'error-version',
      'php-information',
      'robots-reveals',
      'security-txt-present',
      'server-status',
      'version-control-exposed',
    ]);
    const kept = JSON.stringify(seen);
    for (const secret of secrets) expect(kept).not.toContain(secret);
    expect(kept).toContain('DB_PASSWORD');
  });

  it('is asked with GET alone, within the budget, and for the beginning of archives only', async () => {
    const before = requestsIn(log('neglected')).length;
    const { facts } = await observePaths(host.neglected);
    const requests = requestsIn(log('neglected')).slice(before);
    expect(requests.length).toBe(facts.requests?.made);
    expect(requests.length).toBeLessThanOrEqual(33);
    expect(requests.filter((line) => !line.startsWith('GET /'))).toEqual([]);
    expect(requests.some((line) => line.includes('?'))).toBe(false);
    expect(facts.paths?.answered.find(({ id }) => id === 'backup-zip')).toMatchObject({ status: 206, bytes: 512 });
  });

  it('is asked everything with a larger budget', async () => {
    const { facts } = await observePaths(host.neglected, { requests: 80, parts: [createPathsPart({ most: 64 })] });
    expect(facts.paths?.unanswered.filter(({ why }) => why !== 'platform')).toEqual([]);
    expect(facts.paths?.answered.length).toBeGreaterThan(40);
  });

  it('is asked less where the budget is small, and what was left out is not taken for clean', async () => {
    const seen = await observePaths(host.soft, { requests: 8 });
    expect(seen.facts.requests).toMatchObject({ made: 8, most: 8 });
    expect(seen.checksWith('not-observed')).toEqual(
      expect.arrayContaining(['version-control-exposed', 'tomcat-manager', 'directory-listing']),
    );
  });
});

describe('an Apache with its status open', () => {
  it('gives it up, and its listings', async () => {
    const seen = await observePaths(host.apache);
    expect(seen.checksWith('fail')).toEqual([
      'directory-listing',
      'error-version',
      'security-txt-present',
      'server-status',
    ]);
    expect(seen.facts.paths?.platform).toEqual(['apache']);
    expect(requestsIn(log('apache')).some((line) => line.includes('nginx_status'))).toBe(false);
  });
});

describe('a site that is kept well', () => {
  it('passes, and its security.txt is read', async () => {
    const seen = await observePaths(host.kept);
    // It is a plain http server of a test: the standard wants https.
    expect(seen.checksWith('fail')).toEqual(['security-txt-advice', 'security-txt-valid']);
    expect(seen.checksWith('pass')).toEqual(
      expect.arrayContaining([
        'backup-exposed',
        'directory-listing',
        'environment-file-exposed',
        'error-stack-trace',
        'error-version',
        'php-information',
        'secrecy-mark',
        'security-txt-expiry',
        'security-txt-present',
        'version-control-exposed',
      ]),
    );
    expect(seen.checksWith('not-applicable')).toEqual(
      expect.arrayContaining(['tomcat-manager', 'actuator-exposed', 'error-log-viewers']),
    );
  });
});

describe('a site whose answers prove nothing', () => {
  it.each(['spa', 'soft', 'moved', 'filtered', 'firewall'] as const)('%s: nothing is found', async (name) => {
    const seen = await observePaths(host[name]);
    expect(seen.checksWith('fail').filter((check) => !/^(security-txt-present|error-version)$/.test(check))).toEqual(
      [],
    );
    expect(seen.facts.paths?.answered.filter(({ proof }) => proof !== undefined)).toEqual([]);
  });

  it("a filter's page in place of a path leaves its question open", async () => {
    const seen = await observePaths(host.filtered);
    expect(seen.checksWith('not-observed')).toEqual(
      expect.arrayContaining(['backup-exposed', 'environment-file-exposed', 'version-control-exposed']),
    );
    const finding = seen.findings.find(({ check }) => check === 'version-control-exposed');
    expect(finding?.cause?.failure.code).toBe('blocked');
  });

  it("a filter's page in place of everything ends the questions at once", async () => {
    const seen = await observePaths(host.firewall);
    expect(seen.facts.requests?.made).toBeLessThanOrEqual(2);
    expect(seen.checksWith('pass').filter((check) => check !== 'secrecy-mark')).toEqual([]);
  });
});

describe('robots.txt is obeyed', () => {
  it('what it asks not to ask for is not asked for, and not taken for clean', async () => {
    const seen = await observePaths(host.robots);
    expect(requestsIn(log('robots')).filter((line) => /\.git|backup/.test(line))).toEqual([]);
    expect(seen.facts.paths?.unanswered.filter(({ why }) => why === 'robots').map(({ id }) => id)).toEqual(
      expect.arrayContaining(['git-head', 'backup-zip', 'backup-sql']),
    );
    expect(seen.checksWith('not-observed')).toEqual(
      expect.arrayContaining(['version-control-exposed', 'backup-exposed']),
    );
    expect(seen.checksWith('fail')).toContain('environment-file-exposed');
  });

  it('one that cannot be read forbids everything', async () => {
    const { facts } = await observePaths(host.closedRobots);
    expect(facts.paths?.answered).toEqual([]);
    expect(requestsIn(log('closedRobots')).length).toBeLessThanOrEqual(5);
  });
});

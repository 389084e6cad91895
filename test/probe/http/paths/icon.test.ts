import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpFacts } from '../../../../src/model/facts/http.ts';
import { imageFormat } from '../../../../src/probe/http/paths/icon.ts';
import { faviconHash } from '../../../../src/probe/software/favicon.ts';
import { softwareFromHttp } from '../../../../src/probe/software/probe.ts';
import { daemonFolder, startNginx, type WebDaemon } from '../../../servers/web-daemon.ts';
import { observePaths, requestsIn } from './observe-paths.ts';

/** cgit's, as Debian ships it: the one icon of our table whose package is small. */
const shipped = readFileSync('/usr/share/cgit/favicon.ico');
const sha256 = createHash('sha256').update(shipped).digest('hex');
const isFacts = new Ajv({ allErrors: true, strict: false }).compile(httpFacts);

const folder = daemonFolder('icon');
const log = join(folder, 'log');
const hosts = {
  plain: '127.62.11.1',
  named: '127.62.11.2',
  elsewhere: '127.62.11.3',
  robots: '127.62.11.4',
  page: '127.62.11.5',
  huge: '127.62.11.6',
} as const;

function site(name: keyof typeof hosts, head: string, files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'img'), { recursive: true });
  writeFileSync(join(root, 'index.html'), `<!doctype html><title>Kho mã</title>${head}<p>Kho mã nguồn`);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
  return `server { listen ${hosts[name]}:8080; root ${root}; access_log ${log}-${name}; types { text/html html; text/plain txt; image/x-icon ico; image/png png; } ${name === 'page' ? 'location / { try_files $uri /index.html; }' : ''} }`;
}

let nginx: WebDaemon;
beforeAll(async () => {
  cpSync('/usr/share/cgit/favicon.ico', join(folder, 'favicon.ico'));
  const icon = { 'favicon.ico': shipped };
  const servers = [
    site('plain', '', icon),
    site('named', '<link rel="shortcut icon" href="img/bieu-tuong.ico?v=2#x">', { 'img/bieu-tuong.ico': shipped }),
    site('elsewhere', '<link rel=icon href="https://tinh-khac.example/favicon.ico">', icon),
    site('robots', '', { ...icon, 'robots.txt': 'User-agent: *\nDisallow: /favicon.ico\n' }),
    site('page', '', {}),
    site('huge', '', { 'favicon.ico': Buffer.concat([shipped, Buffer.alloc(400_000)]) }),
  ];
  nginx = await startNginx(servers.join('\n'), { host: hosts.plain, port: 8080 }, folder);
});
afterAll(async () => {
  await nginx.stop();
});

const observe = async (name: keyof typeof hosts) => {
  const { facts } = await observePaths(hosts[name]);
  expect(isFacts(facts), JSON.stringify(isFacts.errors)).toBe(true);
  const target = {
    key: 't',
    kind: 'web',
    system: 's',
    endpoint: { kind: 'web', url: `http://${hosts[name]}:8080/` },
    address: hosts[name],
  } as const;
  const items = softwareFromHttp(facts, target).items.filter(({ source }) => source === 'favicon');
  const asked = requestsIn(`${log}-${name}`).filter((line) => /icon|bieu-tuong/.test(line));
  return { icon: facts.paths?.icon, items, asked, requests: facts.requests };
};

describe("a site's icon", () => {
  it('is asked for once at its usual place, and known by the hash of what Debian ships', async () => {
    const { icon, items, asked } = await observe('plain');
    expect(asked).toEqual(['GET /favicon.ico']);
    expect(icon).toEqual({
      url: `http://${hosts.plain}:8080/favicon.ico`,
      named: false,
      status: 200,
      bytes: shipped.length,
      format: 'ico',
      sha256,
      mmh3: faviconHash(shipped),
    });
    expect(items).toEqual([
      { product: 'cgit', source: 'favicon', port: 8080, text: `sha256:${sha256} mmh3:${faviconHash(shipped)}` },
    ]);
  });

  it('is asked for where the page names it on its own origin, instead', async () => {
    const { icon, asked, items } = await observe('named');
    expect(asked).toEqual(['GET /img/bieu-tuong.ico?v=2']);
    expect(icon).toMatchObject({ named: true, sha256 });
    expect(items).toHaveLength(1);
  });

  it("is never asked of another origin: there the site's own place counts", async () => {
    const { icon, asked } = await observe('elsewhere');
    expect([icon?.named, asked]).toEqual([false, ['GET /favicon.ico']]);
  });

  it('is not asked for where robots.txt forbids it', async () => {
    const { icon, asked, items } = await observe('robots');
    expect([icon, asked, items]).toEqual([
      { url: `http://${hosts.robots}:8080/favicon.ico`, named: false, why: 'robots' },
      [],
      [],
    ]);
  });

  it('has no hash where a page is answered in its place, or more than is read', async () => {
    const { icon } = await observe('page');
    expect(icon).toEqual({
      url: `http://${hosts.page}:8080/favicon.ico`,
      named: false,
      status: 200,
      bytes: expect.any(Number) as number,
    });
    const huge = await observe('huge');
    expect([huge.icon?.bytes, huge.icon?.sha256, huge.items]).toEqual([262_144, undefined, []]);
  });

  it.each([
    ['\0\0\x01\0\x01', 'ico'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['RIFF\0\0\0\0WEBPVP8', 'webp'],
    ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
    ['<!doctype html><svg>', undefined],
    ['', undefined],
  ] as const)('%j is %s', (start, format) => {
    expect(imageFormat(Buffer.from(start, 'latin1'))).toBe(format);
  });
});

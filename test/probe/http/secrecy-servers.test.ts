import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpProbe } from '../../../src/probe/http/probe.ts';
import { daemonFolder, startNginx, type WebDaemon } from '../../servers/web-daemon.ts';
import { permitOnly, wireTo } from './observe-web.ts';
import { observePaths, requestsIn } from './paths/observe-paths.ts';

const host = {
  front: '127.0.93.21',
  moved: '127.0.93.22',
  folder: '127.0.93.23',
  packed: '127.0.93.24',
  policy: '127.0.93.25',
};
const folder = daemonFolder('secrecy');
const log = (name: keyof typeof host) => join(folder, `${name}.log`);

const document = `<!doctype html><meta charset="utf-8"><title>Phương án tác chiến bảo vệ mục tiêu</title>
<table><tr><td>ỦY BAN NHÂN DÂN TỈNH X</td><td><b>TUYỆT MẬT</b></td></tr></table><h1>PHƯƠNG ÁN</h1><p>Nội dung chi tiết`;
const telling = ['tác chiến', 'UỶ BAN', 'ỦY BAN', 'PHƯƠNG ÁN', 'chi tiết', 'phuong-an', 'TUYỆT'];
const portal = '<!doctype html><meta charset="utf-8"><title>Cổng</title><h2>CHÍNH SÁCH BẢO MẬT</h2><p>MẬT KHẨU</p>';

function put(site: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, site, name)), { recursive: true });
    writeFileSync(join(folder, site, name), content);
  }
  return join(folder, site);
}

let daemon: WebDaemon | undefined;
beforeAll(async () => {
  const server = (name: keyof typeof host, root: string, inside = '') =>
    `server { listen ${host[name]}:8080; root ${root}; access_log ${log(name)}; ${inside} }`;
  daemon = await startNginx(
    [
      'types { text/html html; }',
      server('front', put('front', { 'index.html': document })),
      server(
        'moved',
        put('moved', { 'phuong-an-2026.html': document }),
        'location = / { return 302 /phuong-an-2026.html; }',
      ),
      server(
        'folder',
        put('folder', { 'index.html': portal, 'uploads/index.html': document }),
        'add_header X-Powered-By PHP;',
      ),
      server(
        'packed',
        put('packed', { 'index.html': gzipSync(document) }),
        'location / { add_header Content-Encoding gzip; }',
      ),
      server('policy', put('policy', { 'index.html': portal })),
    ].join('\n'),
    { host: host.front, port: 8080 },
    folder,
  );
});
afterAll(() => daemon?.stop());

/** nginx writes a request down once it is through with it, which may be after we have closed: read when nothing more comes. */
async function settled(name: keyof typeof host, least = 1): Promise<readonly string[]> {
  const deadline = performance.now() + 60_000;
  let same = 0;
  for (let last = -1; same < 4 && performance.now() < deadline;) {
    const { length } = requestsIn(log(name));
    same = length === last && length >= least ? same + 1 : 0;
    last = length;
    await sleep(50);
  }
  return requestsIn(log(name));
}

const hashOf = (path: string) => createHash('sha256').update(path).digest('hex');

describe('a document with a secrecy mark', () => {
  it.each([
    ['front', '/', 1],
    ['packed', '/', 1],
    ['moved', '/phuong-an-2026.html', 2],
  ] as const)('at the front page (%s) ends the observation, and nothing of it is kept', async (name, path, most) => {
    const seen = await observePaths(host[name]);
    expect(seen.facts.paths?.secrecyMark).toMatchObject({ pathHash: hashOf(path) });
    expect(await settled(name, most)).toHaveLength(most);
    const kept = JSON.stringify(seen);
    for (const word of telling) expect(kept).not.toContain(word);
    expect(seen.facts.plain).toMatchObject({ hops: [], end: 'failed', failure: { code: 'not-run' } });
    expect(seen.checksWith('fail')).toEqual(['secrecy-mark']);
    expect(seen.checksWith('pass')).toEqual([]);
  });

  it('at another path ends the questions there', async () => {
    const seen = await observePaths(host.folder);
    expect(seen.facts.paths?.secrecyMark).toMatchObject({ pathHash: hashOf('/uploads/') });
    expect((await settled('folder', seen.facts.requests?.made)).at(-1)).toBe('GET /uploads/');
    expect(seen.facts.paths?.answered.map(({ id }) => id)).not.toContain('uploads');
    for (const word of telling) expect(JSON.stringify(seen)).not.toContain(word);
    expect(seen.checksWith('fail')).toContain('secrecy-mark');
  });

  it('ends what else the run would ask of that endpoint', async () => {
    const probe = createHttpProbe({ requestsPerSecond: 1000 });
    const url = `http://${host.front}:8080/`;
    const request = {
      target: { key: url, kind: 'web', system: 'sys', endpoint: { kind: 'web', url }, address: host.front } as const,
      wire: wireTo(permitOnly(host.front)),
      signal: new AbortController().signal,
    };
    const earlier = (await settled('front')).length;
    await probe.observe(request);
    const before = (await settled('front', earlier + 1)).length;
    await expect(probe.observe(request)).rejects.toThrow('not-run');
    expect(await settled('front')).toHaveLength(before);
  });

  it('is not what a portal says of its passwords and policy', async () => {
    const seen = await observePaths(host.policy);
    expect(seen.facts.paths?.secrecyMark).toBeNull();
    expect(seen.checksWith('pass')).toContain('secrecy-mark');
  });
});

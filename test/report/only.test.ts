import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';
import { fixtureTrack } from './fixture-track.ts';

describe('a report of the pages of the province alone', () => {
  let folder = '';
  let pages: ReadonlyMap<string, string> = new Map();
  let files: ReadonlySet<string> = new Set();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-only-'));
    const bare = fixture();
    await writeReport({ ...bare, track: fixtureTrack(bare) }, join(folder, 'report'), { only: 'province' });
    const root = join(folder, 'report');
    const entries = (await readdir(root, { recursive: true })).map((path) => path.replaceAll('\\', '/'));
    files = new Set(entries);
    const html = entries.filter((path) => path.endsWith('.html'));
    pages = new Map(
      await Promise.all(html.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
    );
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has overview, auditor and guide in both languages', () => {
    expect([...pages.keys()].sort()).toEqual(
      ['cach-doc.html', 'en/audit.html', 'en/how-to-read.html', 'en/index.html', 'index.html', 'kiem-tra.html'].sort(),
    );
  });

  it('leads to nothing that is not in it, and says so', () => {
    let links = 0;
    for (const [path, html] of pages) {
      expect(html).toMatch(/rasoat report\)/);
      for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        const [file = '', hash = ''] = href.split('#');
        const to = file === '' ? path : normalize(join(dirname(path), file)).replaceAll('\\', '/');
        expect(files, `${path}: ${href}`).toContain(to);
        if (hash !== '') expect(pages.get(to), `${path}: ${href}`).toContain(`id="${hash}"`);
        links += 1;
      }
    }
    expect(links).toBeGreaterThan(100);
  });
});

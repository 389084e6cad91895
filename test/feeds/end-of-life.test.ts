import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError, type Problem } from '../../src/model/errors.ts';
import { readEndOfLife } from '../../src/feeds/end-of-life.ts';
import { mergeEndOfLife } from '../../src/feeds/merge-end-of-life.ts';
import type { EndOfLifeTable } from '../../src/model/reference.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rasoat-feeds-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function problemsOf(content: string): Promise<readonly Problem[]> {
  const file = join(folder, 'table.yaml');
  await writeFile(file, content);
  const error: unknown = await readEndOfLife(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error('the file was accepted');
  for (const problem of error.problems) expect(problem.file).toBe(file);
  return error.problems;
}

const good = `asOf: '2026-08-22'
source: the test
products:
  nginx:
    title: nginx
    lines:
      - { cycle: '1.28', endOfLife: '2026-04-14' }
      - { cycle: '1.30', endOfLife: null }
`;

describe('the bundled table', () => {
  it('is valid, dated, and knows the products that checks lean on', async () => {
    const table = await readEndOfLife();
    expect(table.asOf).toBe('2026-08-22');
    expect(Object.keys(table.products).length).toBeGreaterThanOrEqual(60);
    for (const product of [
      'nginx',
      'apache-http-server',
      'php',
      'iis',
      'tomcat',
      'windows-server',
      'mysql',
      'openssl',
      'drupal',
    ]) {
      expect(Object.keys(table.products)).toContain(product);
    }
  });

  it('says of known lines what their makers say', async () => {
    const { products } = await readEndOfLife();
    const end = (product: string, cycle: string) =>
      products[product]?.lines.find((line) => line.cycle === cycle)?.endOfLife;
    expect(end('php', '7.4')).toBe('2022-11-28');
    expect(end('windows-server', '2012 R2')).toBe('2023-10-10');
    expect(end('apache-http-server', '2.4')).toBeNull();
    expect(end('mssqlserver', '11.0')).toBe('2022-07-12');
  });

  it('has every IIS line end with its Windows Server', async () => {
    const { products } = await readEndOfLife();
    const ends = (product: string) => new Map(products[product]?.lines.map((line) => [line.cycle, line.endOfLife]));
    const windows = ends('windows-server');
    const pairs = [
      ['8.5', '2012 R2'],
      ['8.0', '2012'],
      ['7.5', '2008 R2'],
      ['7.0', '2008'],
      ['6.0', '2003'],
    ] as const;
    for (const [iis, server] of pairs) expect(ends('iis').get(iis)).toBe(windows.get(server));
  });
});

describe('mergeEndOfLife', () => {
  const line = (endOfLife: string | null) => [{ cycle: '1', endOfLife }];
  const own: EndOfLifeTable = {
    asOf: '2026-08-22',
    source: 'us',
    products: {
      nginx: { title: 'nginx', lines: line(null) },
      iis: { title: 'IIS', lines: line('2020-01-01'), ours: true },
      php: { title: 'PHP', lines: line(null), asOf: '2026-12-01' },
      squid: { title: 'Squid', lines: line(null) },
    },
  };
  const imported = ['nginx', 'iis', 'php', 'caddy'].map((product) => ({
    product,
    title: product,
    lines: line('2026-10-01'),
  }));

  it('replaces product by product what is older, and neither what we made nor what the feed lacks', () => {
    const { products, asOf } = mergeEndOfLife(own, '2026-11-20T00:00:00.000Z', imported);
    expect(asOf).toBe('2026-08-22');
    const made = { title: 'nginx', lines: line('2026-10-01'), asOf: '2026-11-20', source: 'endoflife.date' };
    expect(products).toEqual({ ...own.products, nginx: made, caddy: { ...made, title: 'caddy' } });
  });

  it('changes nothing by an older feed, or none', () => {
    const older = mergeEndOfLife(own, '2026-01-01T00:00:00.000Z', imported);
    expect(older.products['nginx']).toEqual(own.products['nginx']);
    expect(mergeEndOfLife(own, undefined, [])).toBe(own);
  });
});

describe('readEndOfLife', () => {
  it("reads a table of the owner's own", async () => {
    const file = join(folder, 'own.yaml');
    await writeFile(file, good);
    expect((await readEndOfLife(file)).products['nginx']?.lines).toHaveLength(2);
  });

  it('reports every problem with its line and words in both languages', async () => {
    const problems = await problemsOf(
      good.replace("'2026-04-14'", "'14/4/2026'").replace('title: nginx', 'titel: nginx').replace("'1.30'", '1.30'),
    );
    expect(problems.map(({ line, message }) => [line, message.key])).toEqual(
      expect.arrayContaining([
        [7, 'feeds.malformed'],
        [5, 'feeds.unknown'],
        [4, 'feeds.missing'],
        [8, 'feeds.invalid'],
      ]),
    );
    const catalogue = loadCatalogue();
    for (const { message } of problems) {
      expect(catalogue.tell('vi', message)).not.toMatch(/[{}]/);
      expect(catalogue.tell('en', message)).not.toMatch(/[{}]/);
    }
  });

  it.each([
    ['broken YAML', 'asOf: [', 'yaml.indent'],
    ['an empty file', '', 'feeds.invalid'],
    ['a month that does not exist', good.replace('2026-08-22', '2026-13-22'), 'feeds.malformed'],
    ['a line twice', good.replace("'1.30'", "'1.28'"), 'feeds.repeated-cycle'],
  ])('refuses %s', async (_name, content, key) => {
    expect((await problemsOf(content)).map(({ message }) => message.key)).toContain(key);
  });

  it('refuses a file that is not there', async () => {
    const missing = readEndOfLife(join(folder, 'missing.yaml'));
    await expect(missing).rejects.toMatchObject({
      problems: [{ message: { key: 'feeds.unreadable', params: { reason: 'ENOENT' } } }],
    });
  });
});

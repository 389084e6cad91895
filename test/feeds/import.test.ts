import { statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState } from '../../src/feeds/folder.ts';
import { UserError } from '../../src/model/errors.ts';
import { feedNames } from '../../src/model/feed.ts';
import {
  debian,
  endOfLife,
  epss,
  kev,
  nvd,
  osvEntry,
  publicSuffix,
  recog,
  retire,
  root,
  writeAll,
  writeZip,
} from './made/files.ts';
import { makeCve, makePage } from './made/nvd.ts';
import { fingerprint, place, refusalOf, take } from './place.ts';

let here: ReturnType<typeof place>;
beforeEach(() => {
  here = place();
});
afterEach(() => {
  here.remove();
});

function written(content: string | Buffer, name = 'given'): string {
  const file = here.file(name);
  writeFileSync(file, content);
  return file;
}

describe('importFeeds', () => {
  it('tells every feed by its content and dates each by its own words, else by what was given', async () => {
    await take(here.feeds, await writeAll(here.file('all')));
    const state = readState(here.feeds);
    expect(Object.keys(state).sort()).toEqual([...feedNames].sort());
    const dated = feedNames.map((name) => [name, state[name]?.date.slice(0, 10), state[name]?.dateFrom]);
    expect(dated).toEqual([
      ['end-of-life', '2026-11-19', 'content'],
      ['kev', '2026-11-20', 'content'],
      ['epss', '2026-11-21', 'content'],
      ['nvd', '2026-11-20', 'content'],
      ['osv', '2026-11-17', 'content'],
      ['debian', '2026-11-15', 'given'],
      ['retire', '2026-11-15', 'given'],
      ['recog', '2026-11-15', 'given'],
      ['roots', '2026-11-15', 'given'],
      ['public-suffix', '2026-11-18', 'content'],
    ]);
    expect(statSync(here.feeds).mode & 0o777).toBe(0o700);
    for (const held of Object.values(state))
      expect(statSync(`${here.feeds}/${held.database}`).mode & 0o777).toBe(0o600);
  });

  it('says that some years of the NVD are not all of it', async () => {
    await take(here.feeds, [written(nvd())]);
    expect(readState(here.feeds).nvd).toMatchObject({ entries: 2, complete: false });
    const years = Array.from({ length: 25 }, (_none, index) => makeCve(`CVE-${2002 + index}-1000`, []));
    await take(here.feeds, [written(makePage(years))]);
    expect(readState(here.feeds).nvd).toMatchObject({ entries: 25, complete: true });
  });

  it('takes pages of the API together, and refuses them when one is missing', async () => {
    const page = (start: number) =>
      written(makePage([makeCve(`CVE-2026-100${start}`, [])], { start, total: 2 }), `page-${start}`);
    await take(here.feeds, [page(0), page(1)]);
    expect(readState(here.feeds).nvd?.entries).toBe(2);
    expect(await refusalOf(take(here.feeds, [page(0)]))).toBe('feeds.pages');
  });

  it.each<readonly [string, string | Buffer, string]>([
    ['an empty file', '', 'feeds.unknown-kind'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'feeds.unknown-kind'],
    ['JSON of something else', '{"hello":[1,2]}', 'feeds.unknown-kind'],
    ['a KEV file cut off', kev(['CVE-2021-23017']).slice(0, -30), 'feeds.truncated'],
    [
      'a KEV file with an entry less than it says',
      kev(['CVE-2021-23017']).replace('"count":1', '"count":2'),
      'feeds.count',
    ],
    ['a KEV entry without a CVE', kev(['CVE-X']), 'feeds.bad-entry'],
    ['a KEV file with more behind its end', `${kev(['CVE-2021-23017'])}{}`, 'feeds.not-json'],
    ['a gzip cut off', gzipSync(epss(['CVE-2021-23017,0.5,0.5'])).subarray(0, 60), 'feeds.damaged'],
    ['a score above one', epss(['CVE-2021-23017,1.5,0.5']), 'feeds.bad-line'],
    ['scores without a date', epss(['CVE-2021-23017,0.5,0.5']).replace('score_date', 'day'), 'feeds.bad-line'],
    ['an NVD file of an older schema', nvd().replace('"version":"2.0"', '"version":"1.1"'), 'feeds.bad-entry'],
    ['an NVD file cut off', nvd().slice(0, -3), 'feeds.truncated'],
    [
      'an NVD page that says it holds more',
      nvd().replace('"totalResults":2', '"totalResults":3').replace('"resultsPerPage":2', '"resultsPerPage":3'),
      'feeds.count',
    ],
    ['a tracker with an unknown status', debian().replace('"open"', '"fine"'), 'feeds.bad-entry'],
    ['a library without a range', retire().replace('"below":"2.999.999",', ''), 'feeds.bad-entry'],
    ['XML cut off', recog().replace('</fingerprints>', ''), 'feeds.not-xml'],
    ['a certificate that is none', root().replace('\nMII', '\nAAA'), 'feeds.bad-entry'],
    ['a suffix list cut off', publicSuffix().replace('// ===END PRIVATE DOMAINS===\n', ''), 'feeds.truncated'],
    ['products without releases', endOfLife().replace('"releases":[', '"release":['), 'feeds.bad-entry'],
    ['a feed from the future', kev(['CVE-2021-23017'], '2026-11-27T00:00:00Z'), 'feeds.future'],
    ['JSON nested without end', `{"catalogVersion":"1","vulnerabilities":${'['.repeat(1000)}`, 'feeds.too-deep'],
    [
      'one entry without end',
      `{"catalogVersion":"1","vulnerabilities":[{"a":"${'x'.repeat(17_000_000)}`,
      'feeds.entry-too-large',
    ],
    ['a bomb', gzipSync(kev(Array<string>(100_000).fill('CVE-2021-23017'))), 'feeds.bomb'],
  ])('refuses %s and keeps what was here', async (_name, content, key) => {
    await take(here.feeds, [written(kev(['CVE-2024-6387'], '2026-01-01T00:00:00Z'), 'before')]);
    const before = fingerprint(here.feeds);
    expect(await refusalOf(take(here.feeds, [written(content)]))).toBe(key);
    expect(fingerprint(here.feeds)).toBe(before);
  });

  it('refuses a zip with a path out of it, and one with JSON that is no vulnerability', async () => {
    const zip = here.file('osv.zip');
    await writeZip(zip, [['aa/evil.json', '{}']]);
    expect(await refusalOf(take(here.feeds, [zip]))).toBe('feeds.bad-entry');
    const { readFileSync } = await import('node:fs');
    writeFileSync(
      zip,
      Buffer.from(readFileSync(zip).toString('latin1').replaceAll('aa/evil.json', '../evil.json'), 'latin1'),
    );
    expect(await refusalOf(take(here.feeds, [zip]))).toBe('feeds.not-zip');
  });

  it('refuses a zip whose entries unpack to many times their size', async () => {
    const zip = here.file('osv.zip');
    const entry = (index: number) => osvEntry(`GHSA-${index}`, { details: 'x'.repeat(9_000_000) });
    await writeZip(zip, [entry(1), entry(2), entry(3), entry(4)]);
    expect(await refusalOf(take(here.feeds, [zip]))).toBe('feeds.bomb');
  });

  it('takes all files of a command or none', async () => {
    const files = [written(kev(['CVE-2021-23017']), 'good'), written('{}', 'bad')];
    expect(await refusalOf(take(here.feeds, files))).toBe('feeds.unknown-kind');
    expect(readState(here.feeds)).toEqual({});
  });

  it('refuses older data than what is here, unless asked to take it', async () => {
    await take(here.feeds, [written(kev(['CVE-2021-23017']))]);
    const older = written(kev(['CVE-2021-23017'], '2026-10-01T00:00:00Z'));
    expect(await refusalOf(take(here.feeds, [older]))).toBe('feeds.older');
    await take(here.feeds, [older], { allowOlder: true });
    expect(readState(here.feeds).kev?.date).toBe('2026-10-01T00:00:00.000Z');
  });

  it('asks for the date of a feed that tells none, and refuses one feed given twice', async () => {
    const { importFeeds } = await import('../../src/feeds/import.ts');
    const file = written(retire());
    expect(await refusalOf(importFeeds(here.feeds, [file], { now: '2026-11-25T10:00:00.000Z' }))).toBe(
      'feeds.date-needed',
    );
    expect(await refusalOf(take(here.feeds, [file, written(retire(), 'again')]))).toBe('feeds.feed-twice');
  });

  it('is total over any bytes: a file is taken or refused, never our fault', async () => {
    const starts = [
      '{"catalogVersion":"1","vulnerabilities":[',
      '{"format":"NVD_CVE","vulnerabilities":[',
      '#model_version:',
      '<?xml ?><fingerprints matches="a">',
      'PK\u0003\u0004',
      '\u001f\u008b',
      '',
    ];
    const bytes = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(bytes, async ([start, rest]) => {
        const file = written(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
        await take(here.feeds, [file]).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error;
        });
      }),
      { numRuns: 60 },
    );
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readKey, makeKeys } from '../../src/keys/ed25519.ts';
import { exportBundle } from '../../src/feeds/bundle/write.ts';
import { readState } from '../../src/feeds/folder.ts';
import { verifyBundle, verifyFolder } from '../../src/feeds/verify.ts';
import { UserError } from '../../src/model/errors.ts';
import { kev, writeAll, writeZip } from './made/files.ts';
import { fingerprint, now, place, refusalOf, take } from './place.ts';

const created = '2026-11-25T09:00:00.000Z';
let here: ReturnType<typeof place>;
let bundle = '';
let content: Buffer;
let keys: { readonly privateFile: string; readonly publicFile: string };
const trusted = () => ({ key: readKey(keys.publicFile, 'public') });

beforeAll(async () => {
  here = place();
  keys = makeKeys(here.file('key'));
  await take(here.feeds, await writeAll(here.file('all')));
  bundle = here.file('bundle.zip');
  await exportBundle(here.feeds, bundle, { key: readKey(keys.privateFile, 'private'), tool: 'rasoat 0', created });
  content = readFileSync(bundle);
});
afterAll(() => {
  here.remove();
});

let there: ReturnType<typeof place>;
beforeEach(() => {
  there = place();
  return () => {
    there.remove();
  };
});

function changed(bytes: Buffer): string {
  const file = there.file('bundle.zip');
  writeFileSync(file, bytes);
  return file;
}

/** The same bytes with one text put for another of its length. */
function replaced(from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  const text = content.toString('latin1');
  expect(text).toContain(from);
  return Buffer.from(text.replaceAll(from, to), 'latin1');
}

describe('a bundle', () => {
  it('carries every feed to another machine, dates and all', async () => {
    await take(there.feeds, [bundle], trusted());
    const [from, to] = [readState(here.feeds), readState(there.feeds)];
    expect(Object.keys(to)).toHaveLength(10);
    for (const [name, held] of Object.entries(to))
      expect(held).toEqual({ ...from[name as keyof typeof from], importedAt: now });
    expect((await verifyFolder(there.feeds)).filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect((await verifyBundle(bundle, trusted())).feeds.map(({ name }) => name)).toHaveLength(10);
  });

  it('is the same file for the same content', async () => {
    const again = there.file('again.zip');
    await exportBundle(here.feeds, again, { key: readKey(keys.privateFile, 'private'), tool: 'rasoat 0', created });
    expect(readFileSync(again).equals(content)).toBe(true);
    expect(await refusalOf(exportBundle(here.feeds, again, { tool: 'rasoat 0', created }))).toBe('feeds.not-written');
  });

  it('is refused without a key, by another key, and unsigned unless asked for', async () => {
    expect(await refusalOf(take(there.feeds, [bundle]))).toBe('feeds.key-needed');
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(await refusalOf(take(there.feeds, [bundle], { key: publicKey }))).toBe('feeds.bundle-signature');
    const unsigned = there.file('unsigned.zip');
    await exportBundle(here.feeds, unsigned, { tool: 'rasoat 0', created, feeds: ['kev'] });
    expect(await refusalOf(take(there.feeds, [unsigned], trusted()))).toBe('feeds.bundle-unsigned');
    expect(fingerprint(there.feeds)).not.toContain('kev');
    await take(there.feeds, [unsigned], { unsigned: true });
    expect(Object.keys(readState(there.feeds))).toEqual(['kev']);
  });

  it.each([
    [
      'a changed date in the manifest',
      () => replaced('"date":"2026-11-20T17:04:19.979Z"', '"date":"2026-11-21T17:04:19.979Z"'),
      'feeds.bundle-signature',
    ],
    ['a changed digest in the manifest', () => replaced('"sha256":"', '"sha265":"'), 'feeds.bundle-manifest'],
    ['a part under another name', () => replaced('parts/0001', 'parts/9991'), 'feeds.bundle-foreign'],
    ['a part named out of the folder', () => replaced('parts/0001', '../../0001'), 'feeds.not-zip'],
    ['a part with an absolute name', () => replaced('parts/0001', '/arts/0001'), 'feeds.not-zip'],
    ['two parts of one name', () => replaced('parts/0002', 'parts/0001'), 'feeds.bundle-foreign'],
    ['a bundle cut off', () => content.subarray(0, content.length - 30), 'feeds.not-zip'],
    ['half a bundle', () => content.subarray(0, content.length / 2), 'feeds.not-zip'],
  ] as const)('is refused whole: %s', async (_name, make, key) => {
    await take(there.feeds, [here.file('all/file-3')]);
    const before = fingerprint(there.feeds);
    expect(await refusalOf(take(there.feeds, [changed(make())], trusted()))).toBe(key);
    expect(fingerprint(there.feeds)).toBe(before);
  });

  it('is refused when a part is not the one of the manifest, whoever signed', async () => {
    const at = content.indexOf(Buffer.from('parts/0003')) + 60;
    const bytes = Buffer.from(content);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const file = changed(bytes);
    expect(await refusalOf(take(there.feeds, [file], trusted()))).toBe('feeds.bundle-hash');
    expect(await refusalOf(take(there.feeds, [file], { unsigned: true }))).toBe('feeds.bundle-hash');
    expect(readState(there.feeds)).toEqual({});
  });

  it('is refused when it is compressed, or holds a manifest of nonsense', async () => {
    const file = there.file('packed.zip');
    await writeZip(file, [['manifest.json', '{}']]);
    expect(await refusalOf(take(there.feeds, [file], { unsigned: true }))).toBe('feeds.bundle-packed');
  });

  it('is refused when one of its feeds is older than what is here', async () => {
    writeFileSync(there.file('newer'), kev(['CVE-2021-23017'], '2026-11-24T00:00:00Z'));
    await take(there.feeds, [there.file('newer')]);
    const before = fingerprint(there.feeds);
    expect(await refusalOf(take(there.feeds, [bundle], trusted()))).toBe('feeds.older');
    expect(fingerprint(there.feeds)).toBe(before);
    await take(there.feeds, [bundle], { ...trusted(), allowOlder: true });
    expect(Object.keys(readState(there.feeds))).toHaveLength(10);
  });

  it('changed in any byte is refused whole, or is what it was', async () => {
    await take(there.feeds, [bundle], trusted());
    const whole = Object.values(readState(there.feeds)).map(({ sha256 }) => sha256);
    const other = place();
    const change = fc.record({ at: fc.nat({ max: content.length - 1 }), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.option(fc.nat({ max: 200 })),
        async (changes, cut) => {
          const bytes = Buffer.from(content);
          for (const { at, by } of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
          const before = fingerprint(other.feeds);
          try {
            await take(other.feeds, [changed(cut === null ? bytes : bytes.subarray(0, bytes.length - cut))], trusted());
            // Times and attributes of zip entries are not ours to protect: what was taken is what was signed.
            expect(Object.values(readState(other.feeds)).map(({ sha256 }) => sha256)).toEqual(whole);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            expect([before, 'nothing']).toContain(fingerprint(other.feeds));
          }
        },
      ),
      { numRuns: 80 },
    );
    other.remove();
  });
});

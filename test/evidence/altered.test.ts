import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVerifier, type PackFault, type Verified, type VerifyOptions } from '../../src/evidence/verifier.ts';
import { makeKeys, readKey } from '../../src/keys/ed25519.ts';
import { scratch } from '../e2e/cli.ts';
import { startTimestampServer, type TimestampServer } from '../servers/timestamp-server.ts';
import { readFileSync } from 'node:fs';
import { about, filesIn, sampleEntries, sourceOf, withFittingSums, write, type Files } from './packs.ts';

const here = scratch();
let tsa: TimestampServer;
let pack: Files;
let part: Files;
let trust: VerifyOptions;

beforeAll(async () => {
  tsa = await startTimestampServer('127.76.2.1', 3180);
  const { privateFile, publicFile } = makeKeys(here.file('key'));
  const key = readKey(privateFile, 'private');
  const timestamp = { server: tsa.url, ca: readFileSync(tsa.ca, 'utf8') };
  await write(here.file('pack'), { key, timestamp });
  const organisation = { id: 'b', name: 'Sở B' };
  await write(here.file('part'), { key, about: { ...about, organisation, inventoryHash: null } }, sampleEntries('b'));
  pack = filesIn(here.file('pack'));
  part = filesIn(here.file('part'));
  trust = { key: readFileSync(publicFile, 'utf8'), timestampCa: timestamp.ca };
});
afterAll(async () => {
  await tsa.stop();
  rmSync(here.path, { recursive: true });
});

async function verify(files: Files, options: VerifyOptions = trust): Promise<Verified> {
  const { verifyPack } = await loadVerifier();
  return verifyPack(sourceOf(files), options);
}
const firstFault = async (files: Files, options?: VerifyOptions): Promise<PackFault | undefined> =>
  (await verify(files, options)).faults[0];

function flipped(files: Files, name: string, at: number, mask: number): Files {
  const bytes = Buffer.from(files.get(name) ?? '');
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  return new Map([...files, [name, bytes]]);
}
const place = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
const sizeOf = (files: Files, name: string) => files.get(name)?.length ?? 0;

/** Number of the record that a byte of the lines belongs to. */
const recordAt = (files: Files, at: number): number =>
  (files.get('records.jsonl') ?? Buffer.alloc(0)).subarray(0, at).filter((byte) => byte === 10).length + 1;

const lines = (files: Files) => (files.get('records.jsonl') ?? '').toString().split(/(?<=\n)/);
const withLines = (files: Files, all: readonly string[]): Files =>
  withFittingSums(new Map([...files, ['records.jsonl', Buffer.from(all.join(''))]]));

describe('a pack as it was written', () => {
  it('is whole, with whose key and when', async () => {
    const found = await verify(pack);
    expect(found.faults).toEqual([]);
    expect(found).toMatchObject({ whole: true, signedBy: 'key-given', records: 46 });
    expect(found.timestamp).toMatchObject({ trusted: true, signer: 'CN=tsa' });
    expect(Math.abs(Date.parse(found.timestamp?.at ?? '') - Date.now())).toBeLessThan(120_000);
  });

  it('is whole however its bytes come', async () => {
    const { verifyPack } = await loadVerifier();
    for (const piece of [1, 7, 100_000]) expect((await verifyPack(sourceOf(pack, piece), trust)).faults).toEqual([]);
  });

  it('says what was not checked', async () => {
    expect(await verify(pack, {})).toMatchObject({ signedBy: 'key-in-pack', timestamp: { trusted: false } });
  });

  it('of one organisation is a true part of the whole, and holds nothing of others', async () => {
    const whole = JSON.parse((pack.get('manifest.json') ?? '').toString()) as unknown;
    const found = await verify(part, { whole });
    expect(found.faults).toEqual([]);
    expect(found.manifest.records).toMatchObject({ count: 18, narrowed: 1 });
    expect([...part.values()].some((bytes) => bytes.includes('he-thong-a-'))).toBe(false);
    const other = { ...(whole as Record<string, unknown>), run: { ...about.run, id: 'another' } };
    expect(await firstFault(part, { whole: other })).toMatchObject({ fault: 'not-of-whole' });
  });
});

describe('one byte changed', () => {
  it('in the lines is found, and the record named, whether or not the sums were made to fit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(pack, part), place, fc.boolean(), async (files, [where, mask], fit) => {
        const at = where % sizeOf(files, 'records.jsonl');
        const bad = flipped(files, 'records.jsonl', at, mask);
        const fault = await firstFault(fit ? withFittingSums(bad) : bad, {});
        expect(fault).toEqual({ fault: 'record-altered', n: recordAt(files, at) });
      }),
      { numRuns: 120 },
    );
  });

  it.each([
    'manifest.json',
    'manifest.sig',
    'manifest.tsr',
    'public-key.pem',
    'SHA256SUMS',
    'verify-evidence.mjs',
    'README.txt',
  ])('in %s is found', async (name) => {
    await fc.assert(
      fc.asyncProperty(place, async ([where, mask]) => {
        const bad = flipped(pack, name, where % sizeOf(pack, name), mask);
        expect((await verify(bad)).whole).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it.each(['manifest.json', 'manifest.sig', 'public-key.pem'])(
    'in %s is found by the signature alone, though the sums fit',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(place, async ([where, mask]) => {
          const bad = withFittingSums(flipped(pack, name, where % sizeOf(pack, name), mask));
          expect((await verify(bad)).whole).toBe(false);
        }),
        { numRuns: 40 },
      );
    },
  );
});

describe('records', () => {
  const index = fc.nat({ max: 1000 });

  it('removed, doubled, swapped or put in are found where they are', async () => {
    const rows = lines(pack);
    await fc.assert(
      fc.asyncProperty(index, index, fc.constantFrom('remove', 'double', 'swap', 'move'), async (a, b, how) => {
        const [one, two] = [a % rows.length, b % rows.length];
        const all = [...rows];
        const [low, high] = [Math.min(one, two), Math.max(one, two)];
        if (how !== 'remove' && low === high) return;
        if (how === 'remove') all.splice(one, 1);
        else if (how === 'double') all.splice(high, 0, all[low] ?? '');
        else if (how === 'swap') [all[low], all[high]] = [all[high] ?? '', all[low] ?? ''];
        else all.splice(low, 0, ...all.splice(high, 1));
        const at = how === 'remove' ? one : how === 'double' ? high : low;
        const isLast = how === 'remove' && one === rows.length - 1;
        expect(await firstFault(withLines(pack, all), {})).toEqual({
          fault: isLast ? 'records-missing' : 'record-moved',
          n: at + 1,
        });
      }),
      { numRuns: 40 },
    );
  });

  it('cut off or appended are found', async () => {
    const rows = lines(pack);
    expect(await firstFault(withLines(pack, rows.slice(0, -5)))).toEqual({ fault: 'records-missing', n: 42 });
    expect(await firstFault(withLines(pack, [...rows, '{}\n']))).toEqual({ fault: 'record-altered', n: 47 });
    expect(await firstFault(withLines(pack, [...rows, 'x']))).toEqual({ fault: 'record-altered', n: 47 });
    expect(await firstFault(withLines(pack, []))).toEqual({ fault: 'records-missing', n: 1 });
    const last = rows.at(-1) ?? '';
    expect(await firstFault(withLines(pack, [...rows.slice(0, -1), last.trimEnd()]))).toMatchObject({ n: 46 });
  });

  it('written anew, chain and sums and all, fit neither the manifest nor, with a new manifest, the signature', async () => {
    const entries = sampleEntries().map((entry, at) => (at === 9 ? { ...entry, body: { outcome: 'fail' } } : entry));
    await write(here.file('forged'), {}, entries);
    const forged = filesIn(here.file('forged'));
    const rows = withFittingSums(new Map([...pack, ['records.jsonl', forged.get('records.jsonl') ?? Buffer.alloc(0)]]));
    expect(await firstFault(rows)).toEqual({ fault: 'chain-rewritten' });
    expect(await firstFault(rows, {})).toEqual({ fault: 'chain-rewritten' });
    const all = withFittingSums(new Map([...rows, ['manifest.json', forged.get('manifest.json') ?? Buffer.alloc(0)]]));
    expect((await verify(all)).faults.map(({ fault }) => fault)).toEqual(['signature', 'timestamp']);
    expect((await verify(forged)).faults.map(({ fault }) => fault)).toEqual(['signature-missing', 'timestamp-missing']);
  });

  it('of somebody else, put into a part, do not lead to the root', async () => {
    const entries = sampleEntries('b').map((entry, at) =>
      at === 40 ? { ...entry, body: { outcome: 'pass' } } : entry,
    );
    await write(here.file('other-part'), {}, entries);
    const rows = filesIn(here.file('other-part'));
    const manifest = JSON.parse((rows.get('manifest.json') ?? '').toString()) as { tree: object };
    const { tree } = JSON.parse((part.get('manifest.json') ?? '').toString()) as { tree: object };
    const bytes = Buffer.from(JSON.stringify({ ...manifest, organisation: { id: 'b', name: 'B' }, tree }));
    const forged = withFittingSums(new Map([...rows, ['manifest.json', bytes]]));
    expect(await firstFault(forged, {})).toEqual({ fault: 'tree' });
  });
});

describe('files', () => {
  const without = (name: string) => new Map([...pack].filter(([one]) => one !== name));

  it.each(['manifest.sig', 'manifest.tsr', 'manifest.json', 'records.jsonl', 'SHA256SUMS', 'README.txt'])(
    'without %s it is not whole',
    async (name) => {
      expect((await verify(without(name))).whole).toBe(false);
      // Nor where what is left was made to fit.
      if (!/README|SUMS/.test(name)) expect((await verify(withFittingSums(without(name)), {})).whole).toBe(false);
    },
  );

  it('put in are named', async () => {
    const bad = new Map([...pack, ['note.txt', Buffer.from('x')]]);
    expect(await firstFault(bad)).toEqual({ fault: 'file-foreign', file: 'note.txt' });
  });

  it('signed by another key are told, and so is an unsigned pack where a key is given', async () => {
    const { publicFile } = makeKeys(here.file('other-key'));
    expect(await firstFault(pack, { key: readFileSync(publicFile, 'utf8') })).toEqual({ fault: 'another-key' });
    await write(here.file('plain'));
    const plain = filesIn(here.file('plain'));
    expect(await verify(plain, {})).toMatchObject({ whole: true, signedBy: 'nobody', timestamp: null });
    expect((await verify(plain)).faults.map(({ fault }) => fault)).toEqual(['signature-missing', 'timestamp-missing']);
  });

  it('of nonsense are not whole, and nothing throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pack.keys()),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)),
          fc.json().map((all) => Buffer.from(all)),
        ),
        async (name, bytes) => {
          const bad = new Map([...pack, [name, bytes]]);
          const found = await verify(name === 'SHA256SUMS' ? bad : withFittingSums(bad));
          // Nobody signs what stands beside the evidence.
          expect(found.whole).toBe(/README|DOC|verify/.test(name));
        },
      ),
      { numRuns: 60 },
    );
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isSealOf, keyId, openSealed, writeSealed } from '../../src/keys/sealed-lines.ts';
import { UserError } from '../../src/model/errors.ts';
import { scratch } from '../e2e/cli.ts';

const folder = scratch();
afterAll(() => {
  folder.remove();
});

const limits = { bytes: 1_000_000, lineBytes: 10_000 };
const mine = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const values = [{ kind: 'plan', zone: 'tslcd' }, { ten: 'Cổng thông tin' }, { lone: '\ud800', list: [1, 2, 3] }];
let count = 0;

function written(some: readonly unknown[] = values, key = mine.privateKey): string {
  const path = folder.file(`sealed-${(count += 1)}`);
  writeSealed(path, 'plan', key, some);
  return path;
}

function read(path: string, kind: 'plan' | 'results' = 'plan', key = mine.publicKey): readonly unknown[] {
  const file = openSealed(path, kind, key, limits);
  try {
    return [...file.values()].map(({ value }) => value);
  } finally {
    file.close();
  }
}

/** The keys of what it was refused for, with the line that was named. */
function refusal(act: () => unknown): { readonly key: string; readonly line: unknown } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const told = error.problems[0]?.message;
    return { key: told?.key ?? '', line: told?.params?.['line'] };
  }
  throw new Error('it was taken');
}

describe('a sealed file', () => {
  it('gives back what was written, whoever reads it twice', () => {
    const path = written();
    expect(read(path)).toEqual(values);
    expect(read(path)).toEqual(values);
    expect(refusal(() => writeSealed(path, 'plan', mine.privateKey, []))).toMatchObject({ key: 'carried.exists' });
  });

  it('tells of every changed byte, and the line it stands in', () => {
    const path = written();
    const whole = readFileSync(path);
    const lineAt = (at: number) => whole.subarray(0, at).filter((byte) => byte === 10).length + 1;
    for (let at = 0; at < whole.length; at += 1) {
      for (const bit of [1 << (at % 8)]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ bit;
        writeFileSync(path, changed);
        const { key, line } = refusal(() => read(path));
        // The first line also tells what kind of file it is; the last newline is the file's own end.
        if (lineAt(at) === 1) expect(['carried.not-sealed', 'carried.altered']).toContain(key);
        else expect(['carried.altered', 'carried.cut-short'], `byte ${at}`).toContain(key);
        expect(line, `byte ${at}`).toBe(lineAt(at));
      }
    }
  });

  it('is refused when lines are dropped, doubled, moved, added or cut off', () => {
    const lines = readFileSync(written(), 'utf8').split('\n').slice(0, -1);
    const [one = '', two = '', three = '', seal = ''] = lines;
    const forged = [
      [one, two, seal],
      [one, two, two, three, seal],
      [one, three, two, seal],
      [...lines, one],
      [one, two],
    ];
    for (const some of forged) {
      const path = folder.file(`sealed-${(count += 1)}`);
      writeFileSync(path, `${some.join('\n')}\n`);
      expect(refusal(() => read(path)).key).toMatch(/^carried\.(altered|cut-short)$/);
    }
  });

  it('of another key, another kind or whose hashes were computed again is refused', () => {
    expect(refusal(() => read(written(values, other.privateKey))).key).toBe('carried.signature');
    expect(refusal(() => read(written(), 'results')).key).toBe('carried.not-sealed');
    // Everything is made anew but the signature, which only the key's owner has.
    const [, , , seal = ''] = readFileSync(written(), 'utf8').split('\n');
    const path = written([{ kind: 'plan', zone: 'khac' }, values[1], values[2]], other.privateKey);
    const good = (JSON.parse(seal.slice(65)) as { signature: string }).signature;
    const theirs = (JSON.parse((readFileSync(path, 'utf8').split('\n')[3] ?? '').slice(65)) as { signature: string })
      .signature;
    writeFileSync(path, readFileSync(path, 'utf8').replace(theirs, good));
    expect(refusal(() => read(path)).key).toBe('carried.altered');
  });

  it('caps what it reads', () => {
    const long = folder.file('long');
    writeFileSync(long, 'x'.repeat(10_001));
    expect(refusal(() => read(long)).key).toBe('carried.line-too-large');
    const large = folder.file('large');
    writeFileSync(large, Buffer.alloc(1_000_001, 10));
    expect(refusal(() => read(large)).key).toBe('carried.too-large');
    expect(refusal(() => read(folder.path)).key).toBe('carried.unreadable');
    expect(refusal(() => read(folder.file('nothing'))).key).toBe('carried.unreadable');
  });

  it('of any bytes at all ends in a refusal', () => {
    const path = folder.file('bytes');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        writeFileSync(path, bytes);
        expect(refusal(() => read(path)).key).toMatch(/^carried\./);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (signature) => {
        expect(isSealOf('plan', { hash: '0'.repeat(64), lines: 1, signature }, mine.publicKey)).toBe(false);
      }),
    );
    expect(keyId(mine.privateKey)).toBe(keyId(mine.publicKey));
  });
});

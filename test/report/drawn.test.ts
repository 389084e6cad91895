import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportData } from '../../src/model/report-data.ts';
import { alreadyWritten, writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';

let folder: string;
const kept = () => join(folder, 'kept');
const fresh = () => join(folder, 'fresh');
const data = fixture(12);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-drawn-'));
  await writeReport(data, kept(), { whole: 'one' });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every page and file of a report; what is kept of how it was drawn holds times, and is not one. */
const bytesOf = (root: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== '.rasoat-drawn.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(root, file), readFileSync(file, 'base64')]),
  );
const inodes = (root: string) =>
  new Map([...bytesOf(root).keys()].map((file) => [file, statSync(join(root, file)).ino]));
const taken = (before: ReadonlyMap<string, number>) =>
  [...inodes(kept())].filter(([file, ino]) => file.endsWith('.html') && before.get(file) === ino).map(([file]) => file);

/** One system's check turns out otherwise. */
function changed(): ReportData {
  const at = data.findings.findIndex(({ outcome }) => outcome === 'pass');
  const findings = data.findings.map((finding, n) => (n === at ? { ...finding, outcome: 'fail' as const } : finding));
  return { ...data, findings };
}

describe('a report drawn again', () => {
  it('takes every page over when nothing changed, and is the same bytes', async () => {
    const [bytes, before] = [bytesOf(kept()), inodes(kept())];
    await writeReport(data, kept(), { whole: 'one' });
    expect(bytesOf(kept())).toEqual(bytes);
    expect(taken(before)).toEqual([...before.keys()].filter((file) => file.endsWith('.html')));
  });

  it('draws what changed, and is the same bytes as one drawn from nothing', async () => {
    const before = inodes(kept());
    await writeReport(changed(), kept());
    await writeReport(changed(), fresh());
    expect(bytesOf(kept())).toEqual(bytesOf(fresh()));
    const same = taken(before);
    expect(same.length).toBeGreaterThan(before.size / 3);
    expect(same).not.toContain('index.html');
    await writeReport(data, kept(), { whole: 'one' });
  });

  it('draws anew what somebody changed by hand', async () => {
    const bytes = bytesOf(kept());
    writeFileSync(join(kept(), 'index.html'), 'nothing found');
    expect(await alreadyWritten(kept(), 'one')).toBeUndefined();
    await writeReport(data, kept(), { whole: 'one' });
    expect(bytesOf(kept())).toEqual(bytes);
  });

  it('is known again whole, and only by what it was drawn from', async () => {
    const written = await writeReport(data, kept(), { whole: 'one' });
    expect(await alreadyWritten(kept(), 'one')).toEqual(written);
    expect(await alreadyWritten(kept(), 'two')).toBeUndefined();
    writeFileSync(join(kept(), '.rasoat-drawn.json'), '{"files":{"index.html":"x"}}');
    expect(await alreadyWritten(kept(), 'one')).toBeUndefined();
  });
});

import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';

describe('writeReport', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-report-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('writes one folder for its owner only and says what it wrote', async () => {
    const out = join(folder, 'bao-cao');
    const written = await writeReport(fixture(), out);
    const entries = await readdir(out, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map(async (entry) => stat(join(entry.parentPath, entry.name))));
    expect(written).toEqual({
      index: join(out, 'index.html'),
      files: files.length,
      bytes: sizes.reduce((sum, { size }) => sum + size, 0),
    });
    expect(new Set(sizes.map(({ mode }) => mode & 0o777))).toEqual(new Set([0o600]));
    for (const entry of entries.filter((one) => one.isDirectory())) {
      expect((await stat(join(entry.parentPath, entry.name))).mode & 0o777).toBe(0o700);
    }
    expect((await stat(out)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['bao-cao']);
  });

  it('takes the place of an earlier report, whole', async () => {
    const out = join(folder, 'bao-cao');
    await writeReport(fixture(), out);
    await writeReport(fixture(2), out);
    expect((await readdir(join(out, 'he-thong'))).sort()).toEqual(['cong-dich-vu-cong.html', 'cong-thong-tin.html']);
    expect(await readdir(folder)).toEqual(['bao-cao']);
  });

  it('leaves the earlier report as it was when drawing fails', async () => {
    const out = join(folder, 'bao-cao');
    await writeReport(fixture(), out);
    const before = await readFile(join(out, 'index.html'), 'utf8');
    const data = fixture();
    const bad = data.inventory.systems.map((system) => ({ ...system, id: '../../escape' }));
    const broken: ReportData = { ...data, inventory: { ...data.inventory, systems: bad } };
    await expect(writeReport(broken, out)).rejects.toThrow('not an id');
    expect(await readFile(join(out, 'index.html'), 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['bao-cao']);
  });

  it('refuses a folder with anything else in it, and touches nothing', async () => {
    const out = join(folder, 'documents');
    await mkdir(out);
    await writeFile(join(out, 'mine.txt'), 'precious');
    await expect(writeReport(fixture(2), out)).rejects.toThrow(UserError);
    expect(await readdir(out)).toEqual(['mine.txt']);
    await expect(writeReport(fixture(2), join(out, 'mine.txt'))).rejects.toThrow(UserError);
  });

  it('uses an empty folder', async () => {
    const out = join(folder, 'empty');
    await mkdir(out);
    await chmod(out, 0o755);
    await writeReport(fixture(2), out);
    expect((await stat(out)).mode & 0o777).toBe(0o700);
  });
});

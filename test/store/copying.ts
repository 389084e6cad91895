import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import type { Finding } from '../../src/model/finding.ts';
import { backUp, copyToPostgres, restore, tablesOf } from '../../src/pipeline/db.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import { copyRows, digestsOf, isEmpty } from '../../src/store/copy.ts';
import { pointTo, storePlace } from '../../src/store/place.ts';
import { openDatabase, openStore } from '../../src/store/store.ts';
import { tableNames } from '../../src/store/table-list.ts';
import { addRun } from '../track/store-runs.ts';

/** Registers the tests of copies between engines. */
export function testCopies(newDatabase: () => Promise<string>): void {
  describe('copies of a store', () => {
    let folder: string;
    const out = () => join(folder, 'out');
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'rasoat-copy-'));
      mkdirSync(out());
      const store = await openStore(storePlace(out()));
      for (const day of [0, 1, 2]) await addRun(store, { day, sees: { a: 'F', b: day === 2 ? 'P' : 'F' } });
      await trackRuns(store);
      const hostile: Finding = {
        system: 's',
        target: 'https://a.example/ [192.0.2.1]',
        check: 'c',
        severity: 'low',
        outcome: 'fail',
        evidence: [{ at: '/x', saw: '\u0000\ud800 Đặng "\\', because: { vi: 'x', en: 'x' } }],
        at: '2026-01-05T00:00:00.000Z',
      };
      await store.addJudgement(
        'run-2',
        '2026-01-09T00:00:00.000Z',
        { checks: [], frameworks: [], reference: {} },
        [hostile],
        [],
      );
      await store.close();
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('know every table that the migrations make', async () => {
      for (const place of [storePlace(out()), { engine: 'postgres', url: await newDatabase() } as const]) {
        const db = await openDatabase(place);
        const made = (await db.introspection.getTables()).map(({ name }) => name);
        await db.destroy();
        expect(made.toSorted()).toEqual([...tableNames].sort());
      }
    });

    it('lose nothing from SQLite to PostgreSQL, to a backup and back, and go on from there', async () => {
      const before = await tablesOf(out());
      expect(before.tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(8);
      await copyToPostgres(out(), await newDatabase(), true, {});
      expect(storePlace(out()).engine).toBe('postgres');
      expect((await tablesOf(out())).tables).toEqual(before.tables);

      const store = await openStore(storePlace(out()));
      expect(await verifyHistory(store)).toMatchObject({ faults: [] });
      const judgement = await store.addJudgement(
        'run-2',
        '2026-01-10T00:00:00.000Z',
        { checks: [], frameworks: [], reference: {} },
        [],
        [],
      );
      const [first] = await store.findings(judgement - 1);
      expect(first?.evidence[0]?.saw).toBe('\u0000\ud800 Đặng "\\');
      await addRun(store, { day: 3, sees: { a: 'P', b: 'P' } });
      expect(await trackRuns(store)).toBe(1);
      expect(await verifyHistory(store)).toMatchObject({ faults: [] });
      await store.close();

      const file = join(folder, 'backup.sqlite');
      const { tables } = await backUp(out(), file, {});
      expect((await tablesOf(out())).tables).toEqual(tables);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder).sort()).toEqual(['backup.sqlite', 'out']);
      await restore(file, join(folder, 'again'), {});
      expect((await tablesOf(join(folder, 'again'))).tables).toEqual(tables);
    });

    it('are whole or not there: what stops half way leaves the target empty', async () => {
      const url = await newDatabase();
      const [source, target] = [await openDatabase(storePlace(out())), await openDatabase({ engine: 'postgres', url })];
      const stop = {
        table: (table: string) => {
          if (table === 'finding') throw new Error('stopped');
        },
      };
      await expect(copyRows(source, target, stop)).rejects.toThrow('stopped');
      expect(await isEmpty(target)).toBe(true);
      const copied = await copyRows(source, target);
      expect(copied).toEqual(await digestsOf(source));
      await source.destroy();
      await target.destroy();
      await expect(copyToPostgres(out(), url, false, {})).rejects.toThrow('db.not-empty');
    });

    it('are made by commands, which say what is wrong and leave nothing behind', async () => {
      let said = '';
      const run = (...args: readonly string[]) => {
        said = '';
        return runProgram([...args, '--out', out()], {
          out: { write: (text) => (said += text) },
          err: { write: (text) => (said += text) },
          env: { RASOAT_LANG: 'en', NO_COLOR: '1' },
        });
      };
      expect(await run('db', 'copy', '--to', 'postgres://rasoat:secret@127.79.2.1/x')).toBe(2);
      expect(said).toContain('PGPASSWORD');
      expect(said).not.toContain('secret');
      expect(await run('db', 'copy', '--to', 'postgres://127.79.2.9:5999/x')).toBe(2);
      expect(said).toContain('Cannot open postgres://127.79.2.9:5999/x: ECONNREFUSED');
      expect(await run('db', 'backup', '--to', join(folder, 'b.sqlite'))).toBe(0);
      expect(said).toMatch(/Copied \d+ rows of \d+ tables from .* are equal/);
      expect(await run('db', 'backup', '--to', join(folder, 'b.sqlite'))).toBe(2);
      expect(await run('db', 'restore', join(folder, 'b.sqlite'))).toBe(2);
      expect(said).toContain('is not empty');
      expect(await run('db', 'copy', '--to', await newDatabase(), '--use', '--json')).toBe(0);
      expect(JSON.parse(said.slice(said.indexOf('{')))).toMatchObject({ tables: expect.any(Array) as unknown });
      expect(await run('track', '--json')).toBe(0);
      expect(said.trim().split('\n')).toHaveLength(2);
      writeFileSync(join(out(), 'rasoat.store.json'), '{"postgres": 5}');
      expect(await run('track')).toBe(2);
      expect(said).toContain('rasoat.store.json');
      expect(() => {
        pointTo(out(), 'mysql://a/b');
      }).toThrow('db.bad-url');
    });
  });
}

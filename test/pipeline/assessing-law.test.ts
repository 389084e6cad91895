import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { checkNames } from '../../src/judge/read-names.ts';
import { readAssessingLaw } from '../../src/pipeline/assessing-law.ts';
import { readLawbook } from '../../src/pipeline/lawbook.ts';
import { ownChecks } from '../../src/pipeline/level-book.ts';
import { openStore } from '../../src/store/store.ts';
import { addRun } from '../track/store-runs.ts';

describe('the law that what was judged is assessed by', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-assessing-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the law of today with the checks of the newest finished run', async () => {
    const store = await openStore(join(folder, 'store.sqlite'));
    try {
      const { checks, frameworks, levels } = await readLawbook();
      expect(await readAssessingLaw(store)).toMatchObject({ checks, frameworks, levels });
      await addRun(store, { day: 0, sees: { c: 'F' } });
      const [run] = await store.runs();
      const judged = (await store.judgement(run?.id ?? '')).lawbook.checks;
      expect(judged).not.toEqual(checks);
      expect(await readAssessingLaw(store)).toEqual({ checks: judged, frameworks, levels });
    } finally {
      await store.close();
    }
  });

  it('has checks given beside ours read, whatever was judged', async () => {
    const store = await openStore(join(folder, 'given.sqlite'));
    try {
      await addRun(store, { day: 0, sees: { c: 'F' } });
      const given = join(folder, 'checks');
      mkdirSync(given);
      writeFileSync(join(given, 'own.yaml'), 'id: other\n');
      await expect(readAssessingLaw(store, { checks: [given] })).rejects.toThrow(UserError);
    } finally {
      await store.close();
    }
  });

  it('knows our own checks by the names of their files', async () => {
    const { checks } = await readLawbook();
    expect((await checkNames(ownChecks)).toSorted()).toEqual(checks.map(({ id }) => id));
  });
});

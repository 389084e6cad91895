import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch } from '../e2e/cli.ts';
import { writeScript } from '../simulate/script.ts';
import { openStore } from '../../src/store/store.ts';
import { simulateYear } from '../simulate/year.ts';
import { countedWhole, grown } from './grown-trend.ts';

it('lives a small year as its script tells', { timeout: 600_000 }, async () => {
  const folder = scratch();
  try {
    const result = await simulateYear(writeScript(20, 12, 7), join(folder.path, 'rasoat.sqlite'));
    expect(result.differences).toEqual([]);
    expect(result).toMatchObject({ findings: 240, compared: 240 * 52 });
    // A point a week was put behind those before.
    const store = await openStore(join(folder.path, 'rasoat.sqlite'));
    try {
      const [run] = await store.runs();
      if (run === undefined) throw new Error('no run');
      expect(await grown(store, run)).toEqual(await countedWhole(store, run));
    } finally {
      await store.close();
    }
  } finally {
    folder.remove();
  }
});

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch } from '../e2e/cli.ts';
import { writeScript } from '../simulate/script.ts';
import { simulateYear } from '../simulate/year.ts';

it('lives a small year as its script tells', { timeout: 600_000 }, async () => {
  const folder = scratch();
  try {
    const result = await simulateYear(writeScript(20, 12, 7), join(folder.path, 'rasoat.sqlite'));
    expect(result.differences).toEqual([]);
    expect(result).toMatchObject({ findings: 240, compared: 240 * 52 });
  } finally {
    folder.remove();
  }
});

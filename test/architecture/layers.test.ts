import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cruiseLayers } from './cruise.ts';

describe('layers of the house', () => {
  it('no module imports what its layer may not', async () => {
    const { violations, modules } = await cruiseLayers('src');
    expect(violations).toEqual([]);
    // A cruiser that reads nothing finds nothing wrong.
    expect(modules).toBeGreaterThan(100);
  });

  it('notices a planted violation', async () => {
    mkdirSync('src/judge', { recursive: true });
    const folder = mkdtempSync(join('src/judge', 'planted-'));
    try {
      writeFileSync(join(folder, 'bad.ts'), "import { connect } from 'node:net';\nexport const bad = connect;\n");
      const { violations } = await cruiseLayers('src/judge');
      expect(violations.some((violation) => violation.startsWith('sockets-only-in-probe: '))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/text/catalogue.ts';

describe('refusals', () => {
  it('have a sentence each', () => {
    const catalogue = loadCatalogue();
    const files = readdirSync('src/feeds', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const keys = files.flatMap((file) =>
      [...readFileSync(join('src/feeds', file), 'utf8').matchAll(/refuse\((?:[^()]|\([^()]*\))*?, '([a-z-]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(new Set(keys).size).toBeGreaterThan(30);
    expect(keys.filter((key) => !catalogue.has(`feeds.${key}`))).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderCatalogue } from '../../src/judge/catalogue.ts';
import { renderCheckSchema } from '../../src/judge/check-schema.ts';
import type { Framework } from '../../src/model/framework.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { check } from './build.ts';

const framework = {
  id: 'law',
  obligations: [
    { id: 'law/tls', checks: ['sample', 'other'] },
    { id: 'law/strong', checks: ['sample'] },
  ],
} as unknown as Framework;

test('each check stands with its words in both languages and every obligation that names it', () => {
  const text = renderCatalogue(
    [check({}), check({}, { id: 'alone', title: { vi: 'Một | hai', en: 'One' } })],
    [framework],
  );
  expect(text.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `sample` | Tiêu đề<br>_Title_ | Cao · high | trang web · web | `law/tls`<br>`law/strong` |',
    '| `alone` | Một \\| hai<br>_One_ | Cao · high | trang web · web | – |',
  ]);
});

test('kinds without a check have no heading', () => {
  const headings = renderCatalogue([check({})], []).match(/^## .*$/gm);
  expect(headings).toEqual(['## TLS và chứng thư số · TLS and certificates']);
});

test('the schema for editors is the one that files are read by', async () => {
  const stored = await readFile(new URL('checks/check.schema.json', packageRoot), 'utf8');
  expect(stored, 'run `npm run generate`').toBe(renderCheckSchema());
});

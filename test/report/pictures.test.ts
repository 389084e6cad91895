import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages } from '../../src/model/text.ts';
import { pictured, shownNow, shownThen } from './pictures.ts';

describe('the pictures of the pages', () => {
  it('show what the pages show now; take them anew with `npm run readme` or `node test/report/take-pictures.ts`', () => {
    expect(shownThen()).toEqual(shownNow());
  });

  it('are all there, each named in the chapter on design', () => {
    const readme = readFileSync(new URL('templates/README.md', packageRoot), 'utf8');
    for (const name of pictured) {
      for (const lang of languages) {
        const file = `pictures/${name}.${lang}.png`;
        expect([file, existsSync(new URL(`templates/${file}`, packageRoot)), readme.includes(file)]).toEqual([
          file,
          true,
          true,
        ]);
      }
    }
  });
});

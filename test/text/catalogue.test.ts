import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { claimFields } from '../../src/model/framework.ts';
import { languages } from '../../src/model/text.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const catalogue = loadCatalogue();
const keys = catalogue.keys();
const topics = readdirSync('templates/text').map((file) => file.replace('.yaml', ''));

function filesUnder(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const sources = [...filesUnder('src', '.ts'), ...filesUnder('templates', '.hbs')];
const quoted = new RegExp(`['"\`]((?:${topics.join('|')})\\.[a-z][a-zA-Z0-9.-]*)(['"\`$])`, 'g');
/** What a system can claim is named like a sentence (`level.facts`) and is none. */
const claims: readonly string[] = claimFields;
const used = sources
  .flatMap((source) => [...source.matchAll(quoted)].map(([, key = '', end]) => ({ key, open: end === '$' })))
  .filter(({ key }) => !claims.includes(key));

/** Names of the values that an ICU sentence is filled with, so that no translation loses one. */
function placeholders(sentence: string): readonly string[] {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type !== TYPE.literal && element.type !== TYPE.pound) names.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value);
      }
    }
  };
  walk(new IntlMessageFormat(sentence, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

describe('catalogue', () => {
  it('has every sentence that the code names', () => {
    const missing = used.filter(({ key, open }) =>
      open ? !keys.some((known) => known.startsWith(key)) : !catalogue.has(key),
    );
    expect(missing.map(({ key }) => key)).toEqual([]);
    expect(used.length).toBeGreaterThan(100);
  });

  it('has the same placeholders in both languages', () => {
    const raw = Object.fromEntries(languages.map((lang) => [lang, new Map<string, readonly string[]>()]));
    for (const key of keys) for (const lang of languages) raw[lang]?.set(key, placeholders(catalogue.raw(lang, key)));
    expect(raw['en']).toEqual(raw['vi']);
  });

  it('throws on a key that does not exist: our bug, never an empty sentence', () => {
    expect(() => catalogue.say('vi', 'cli.no-such')).toThrow('cli.no-such');
  });

  it('counts in the language asked for', () => {
    expect(catalogue.say('en', 'cli.scan.started', { run: 'r', targets: 1 })).toBe('Run r: 1 target.');
    expect(catalogue.say('vi', 'cli.summary.answer', { notMeeting: 1234, total: 2000 })).toContain('1.234 trong 2.000');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { claimFields } from '../../src/model/framework.ts';
import { languages } from '../../src/model/text.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { splitTopic } from '../../src/text/topic.ts';

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

  it('reads sentence by sentence what the YAML of the whole file says', () => {
    for (const topic of topics) {
      const text = readFileSync(`templates/text/${topic}.yaml`, 'utf8');
      const whole = Object.entries(load(text) as object).map(([key, words]) => [`${topic}.${key}`, words as unknown]);
      expect([...splitTopic(topic, text)].map(([key, words]) => [key, words()])).toEqual(whole);
    }
  });

  it('refuses a file whose sentences cannot be told apart', () => {
    const hello = 'hello: { vi: Chào, en: Hello }\n';
    expect(() => splitTopic('x', `# A file.\n${hello}${hello}`)).toThrow('x.hello stands twice');
    expect(() => splitTopic('x', `${hello}- list\n`)).toThrow('no sentence begins with "- list');
    expect(() => splitTopic('x', 'hello: { vi: Chào, bạn, en: Hello }\n').get('x.hello')?.()).toThrow('a language');
    expect(() => splitTopic('x', 'hello: { vi: Chào }\n').get('x.hello')?.()).toThrow('no en');
  });

  it('tells one filling in from another, whatever the texts hold that are filled in', () => {
    const fill = (zone: string, known: string) => catalogue.say('en', 'cli.unknown-zone', { zone, known });
    expect(fill('a', 'b')).toBe('the inventory has no zone "a"; it declares: b');
    expect(fill('a\nknown 1 b', 'b')).toBe('the inventory has no zone "a\nknown 1 b"; it declares: b');
    expect(fill('a', 'b\nknown 1 b')).toBe('the inventory has no zone "a"; it declares: b\nknown 1 b');
    const late = (days: number | string) => catalogue.say('vi', 'track.list.late', { days, on: 'x' });
    expect(late(1234)).toBe('quá hạn 1.234 ngày (hạn x)');
    expect(late(1235)).toBe('quá hạn 1.235 ngày (hạn x)');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { packageRoot } from '../model/package-root.ts';
import { languages, type Lang, type Message } from '../model/text.ts';

/** Every sentence the program can say, `templates/text/<topic>.yaml`, by `<topic>.<key>`. */
export type Catalogue = {
  /** The sentence in one language, filled in. A key that does not exist is our bug and throws. */
  readonly say: (lang: Lang, key: string, params?: Message['params']) => string;
  /** The same for a Message made elsewhere. */
  readonly tell: (lang: Lang, message: Message) => string;
  readonly has: (key: string) => boolean;
  /** The sentence before it is filled in. */
  readonly raw: (lang: Lang, key: string) => string;
  readonly keys: readonly string[];
};

const locales: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** Reads the catalogue once; each sentence is compiled when it is first said. */
export function loadCatalogue(folder: URL = new URL('templates/text/', packageRoot)): Catalogue {
  const sentences = readSentences(folder);
  const compiled = new Map<string, IntlMessageFormat>();

  function raw(lang: Lang, key: string): string {
    const sentence = sentences.get(key);
    if (sentence === undefined) throw new Error(`no sentence ${key} in the catalogue`);
    return sentence[lang];
  }

  function say(lang: Lang, key: string, params?: Message['params']): string {
    const id = `${lang} ${key}`;
    let format = compiled.get(id);
    if (format === undefined) {
      format = new IntlMessageFormat(raw(lang, key), locales[lang], undefined, { ignoreTag: true });
      compiled.set(id, format);
    }
    return String(format.format(params));
  }

  return {
    say,
    tell: (lang, message) => say(lang, message.key, message.params),
    has: (key) => sentences.has(key),
    raw,
    keys: [...sentences.keys()],
  };
}

function readSentences(folder: URL): ReadonlyMap<string, Readonly<Record<Lang, string>>> {
  const sentences = new Map<string, Readonly<Record<Lang, string>>>();
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  for (const file of files.sort()) {
    const topic = file.slice(0, -'.yaml'.length);
    const entries: unknown = parse(readFileSync(new URL(file, folder), 'utf8'));
    for (const [key, value] of Object.entries(entries ?? {})) {
      sentences.set(`${topic}.${key}`, bothLanguages(`${topic}.${key}`, value));
    }
  }
  return sentences;
}

function bothLanguages(key: string, value: unknown): Readonly<Record<Lang, string>> {
  const words = value as Partial<Record<Lang, unknown>> | null;
  for (const lang of languages) {
    if (typeof words?.[lang] !== 'string' || words[lang].trim() === '') throw new Error(`sentence ${key} has no ${lang}`);
  }
  return words as Readonly<Record<Lang, string>>;
}

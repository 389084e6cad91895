import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { load } from 'js-yaml';
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
  /** Every key of every topic. */
  readonly keys: () => readonly string[];
};

const locales: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** Opens the catalogue; a topic's file is read when one of its sentences is first said, and each sentence compiled then. */
export function loadCatalogue(folder: URL = new URL('templates/text/', packageRoot)): Catalogue {
  const topics = new Map<string, Sentences>();
  const compiled = new Map<string, IntlMessageFormat | string>();

  function sentencesOf(topic: string): Sentences {
    let sentences = topics.get(topic);
    if (sentences === undefined) {
      sentences = readTopic(folder, topic);
      topics.set(topic, sentences);
    }
    return sentences;
  }

  const find = (key: string) => sentencesOf(key.slice(0, Math.max(0, key.indexOf('.')))).get(key);

  function raw(lang: Lang, key: string): string {
    const sentence = find(key);
    if (sentence === undefined) throw new Error(`no sentence ${key} in the catalogue`);
    return sentence[lang];
  }

  function say(lang: Lang, key: string, params?: Message['params']): string {
    const id = `${lang} ${key}`;
    let format = compiled.get(id);
    if (format === undefined) {
      const sentence = raw(lang, key);
      // Most of a command's help has nothing to fill in; compiling it would take longer than all else of its start.
      format = /[{}']/.test(sentence)
        ? new IntlMessageFormat(sentence, locales[lang], undefined, { ignoreTag: true })
        : sentence;
      compiled.set(id, format);
    }
    return typeof format === 'string' ? format : String(format.format(params));
  }

  return {
    say,
    tell: (lang, message) => say(lang, message.key, message.params),
    has: (key) => find(key) !== undefined,
    raw,
    keys: () => topicNames(folder).flatMap((topic) => [...sentencesOf(topic).keys()]),
  };
}

type Sentences = ReadonlyMap<string, Readonly<Record<Lang, string>>>;

function topicNames(folder: URL): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

function readTopic(folder: URL, topic: string): Sentences {
  const file = new URL(`${topic}.yaml`, folder);
  if (topic === '' || !existsSync(file)) return new Map();
  const entries: unknown = load(readFileSync(file, 'utf8'));
  return new Map(
    Object.entries(entries ?? {}).map(([key, value]) => [`${topic}.${key}`, bothLanguages(`${topic}.${key}`, value)]),
  );
}

function bothLanguages(key: string, value: unknown): Readonly<Record<Lang, string>> {
  const words = value as Partial<Record<Lang, unknown>> | null;
  // A comma in an unquoted flow mapping makes keys of what should be words.
  const strange = Object.keys(words ?? {}).find((word) => !languages.some((lang) => lang === word));
  if (strange !== undefined) throw new Error(`sentence ${key} has a language "${strange}"`);
  for (const lang of languages) {
    if (typeof words?.[lang] !== 'string' || words[lang].trim() === '')
      throw new Error(`sentence ${key} has no ${lang}`);
  }
  return words as Readonly<Record<Lang, string>>;
}

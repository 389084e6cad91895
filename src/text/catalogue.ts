import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { packageRoot } from '../model/package-root.ts';
import type { Lang, Message } from '../model/text.ts';
import { splitTopic, type Words } from './topic.ts';

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

/** Ways of filling in one sentence that are remembered. */
const mostSaid = 5000;

const locales: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** A sentence made ready to be said. */
type Sayable = string | ((params: Message['params']) => string);

/** Opens the catalogue; a topic's file is read when one of its sentences is first said, and each sentence compiled then. */
export function loadCatalogue(folder: URL = new URL('templates/text/', packageRoot)): Catalogue {
  const topics = new Map<string, ReturnType<typeof splitTopic>>();
  const compiled: Readonly<Record<Lang, Map<string, Sayable>>> = { vi: new Map(), en: new Map() };

  function sentencesOf(topic: string): ReturnType<typeof splitTopic> {
    let sentences = topics.get(topic);
    if (sentences === undefined) {
      sentences = readTopic(folder, topic);
      topics.set(topic, sentences);
    }
    return sentences;
  }

  const find = (key: string) => sentencesOf(key.slice(0, Math.max(0, key.indexOf('.')))).get(key)?.();

  function raw(lang: Lang, key: string): string {
    const sentence = find(key);
    if (sentence === undefined) throw new Error(`no sentence ${key} in the catalogue`);
    return sentence[lang];
  }

  function say(lang: Lang, key: string, params?: Message['params']): string {
    let sentence = compiled[lang].get(key);
    if (sentence === undefined) {
      sentence = sayable(raw(lang, key), lang);
      compiled[lang].set(key, sentence);
    }
    return typeof sentence === 'string' ? sentence : sentence(params);
  }

  return {
    say,
    tell: (lang, message) => say(lang, message.key, message.params),
    has: (key) => find(key) !== undefined,
    raw,
    keys: () => topicNames(folder).flatMap((topic) => [...sentencesOf(topic).keys()]),
  };
}

/** Most of a command's help has nothing to fill in; compiling it would take longer than all else of its start. */
function sayable(sentence: string, lang: Lang): Sayable {
  if (!/[{}']/.test(sentence)) return sentence;
  const format = new IntlMessageFormat(sentence, locales[lang], undefined, { ignoreTag: true });
  // A long list says the same of many: how many days, which state.
  const said = new Map<string, string>();
  return (params) => {
    const asked = askedFor(params);
    const known = said.get(asked);
    if (known !== undefined) return known;
    if (said.size >= mostSaid) said.clear();
    const words = String(format.format(params));
    said.set(asked, words);
    return words;
  };
}

/** What tells one filling in from another. */
function askedFor(params: Message['params']): string {
  let asked = '';
  for (const name in params) {
    const value = params[name];
    // Texts are told from figures, and none can be mistaken for the next name.
    asked += typeof value === 'string' ? `${name} ${value.length} ${value}\n` : `${name}:${String(value)}\n`;
  }
  return asked;
}

function topicNames(folder: URL): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

function readTopic(folder: URL, topic: string): ReadonlyMap<string, () => Words> {
  const file = new URL(`${topic}.yaml`, folder);
  return topic === '' || !existsSync(file) ? new Map() : splitTopic(topic, readFileSync(file, 'utf8'));
}

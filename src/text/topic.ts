import { load } from 'js-yaml';
import { languages, type Lang } from '../model/text.ts';

/** One sentence, before it is filled in. */
export type Words = Readonly<Record<Lang, string>>;

/**
 * The sentences of a topic's file by `<topic>.<key>`, each read as YAML when it is first asked for: a command says a few of a file's
 * hundreds. An entry begins in the first column, and nothing else but a comment does. Throws for a key that stands there twice.
 */
export function splitTopic(topic: string, text: string): ReadonlyMap<string, () => Words> {
  const entries = new Map<string, () => Words>();
  for (const entry of text.split(/^(?=[^\s#])/m)) {
    // What stands before the first entry: comments.
    if (/^[\s#]|^$/.test(entry)) continue;
    const [, , key] = keyAt.exec(entry) ?? [];
    if (key === undefined) throw new Error(`no sentence begins with ${JSON.stringify(entry.slice(0, 40))} in ${topic}`);
    const id = `${topic}.${key}`;
    if (entries.has(id)) throw new Error(`sentence ${id} stands twice in its file`);
    let words: Words | undefined;
    entries.set(id, () => (words ??= bothLanguages(id, (load(entry) as Readonly<Record<string, unknown>>)[key])));
  }
  return entries;
}

const keyAt = /^(['"]?)([\w.-]+)\1:(?=\s)/;

function bothLanguages(key: string, value: unknown): Words {
  const words = value as Partial<Record<Lang, unknown>> | null;
  // A comma in an unquoted flow mapping makes keys of what should be words.
  const strange = Object.keys(words ?? {}).find((word) => !languages.some((lang) => lang === word));
  if (strange !== undefined) throw new Error(`sentence ${key} has a language "${strange}"`);
  for (const lang of languages) {
    if (typeof words?.[lang] !== 'string' || words[lang].trim() === '')
      throw new Error(`sentence ${key} has no ${lang}`);
  }
  return words as Words;
}

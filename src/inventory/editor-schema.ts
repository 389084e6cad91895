import { inventorySchema } from '../model/inventory.ts';
import type { Text } from '../model/text.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Words for the keys of an inventory, by the end of their path: `scope.ports`, or `date` for every other `date`. */
export type FieldWords = Readonly<Record<string, Text>>;

/** The inventory's JSON Schema as editors read it: the model's, with words in both languages at every key. */
export function editorSchema(words: FieldWords): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Inventory of a province (rasoat)',
    ...(describe(inventorySchema, [], words) as Schema),
  };
}

/** The entry of `words` that speaks of a key: the one that shares the longest end of the path. */
export function wordsFor(path: readonly string[], words: FieldWords): string | undefined {
  return path.map((_, index) => path.slice(index).join('.')).find((end) => Object.hasOwn(words, end));
}

/** Every path of keys that an inventory can have. */
export function schemaPaths(): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  visit(inventorySchema, [], (_, path) => paths.push(path));
  return paths;
}

function describe(schema: unknown, path: readonly string[], words: FieldWords): unknown {
  if (Array.isArray(schema)) return schema.map((one) => describe(one, path, words));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
    if (keyword !== 'properties') return [keyword, describe(value, path, words)] as const;
    const properties = Object.entries(value as Schema).map(([key, inner]) => {
      const here = [...path, key];
      const found = words[wordsFor(here, words) ?? ''];
      const description = found === undefined ? {} : { description: `${found.vi}\n\n${found.en}` };
      return [key, { ...(describe(inner, here, words) as Schema), ...description }] as const;
    });
    return [keyword, Object.fromEntries(properties)] as const;
  });
  // A keyword of ours and ajv's, which editors do not know.
  return Object.fromEntries(entries.filter(([keyword]) => keyword !== 'discriminator'));
}

function visit(schema: unknown, path: readonly string[], meet: (key: string, path: readonly string[]) => void): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema) as [string, unknown][]) {
    if (keyword !== 'properties') visit(value, path, meet);
    else {
      for (const [key, inner] of Object.entries(value as Schema)) {
        meet(key, [...path, key]);
        visit(inner, [...path, key], meet);
      }
    }
  }
}

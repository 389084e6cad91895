import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { editorSchema, schemaPaths, wordsFor, type FieldWords } from '../../src/inventory/editor-schema.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { baseText } from './base.ts';

const words = parse(readFileSync(new URL('templates/text/inventory-fields.yaml', packageRoot), 'utf8')) as FieldWords;
const file = new URL('inventory/inventory.schema.json', packageRoot);
const schema = editorSchema(words);

test("inventory/inventory.schema.json is the model's (UPDATE=1 rewrites it)", () => {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env['UPDATE'] === '1') writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('every key has words, and every word has a key', () => {
  const found = schemaPaths().map((path) => [path.join('.'), wordsFor(path, words)] as const);
  expect(found.filter(([, word]) => word === undefined).map(([path]) => path)).toEqual([]);
  const used = new Set(found.map(([, word]) => word));
  expect(Object.keys(words).filter((word) => !used.has(word))).toEqual([]);
});

test('an editor that knows nothing of ours can hold a file against it', () => {
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate(parse(baseText))).toBe(true);
  expect(validate(parse(baseText.replace('kind: host', 'kind: hots')))).toBe(false);
});

import { globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { borderOf, borderSchemas } from '../../src/model/border.ts';

describe('borders', () => {
  it('are drawn by schemas that the meta-schema allows', async () => {
    const files = globSync('src/**/*.ts').filter((file) => /\bborderOf[<(]/.test(readFileSync(file, 'utf8')));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) await import(`../../${file}`);
    // What names the later draft must be of both: borders are compiled by the earlier one.
    const drafts = [new Ajv({ strict: false }), new Ajv2020({ strict: false })];
    expect(borderSchemas().length).toBeGreaterThan(files.length);
    for (const schema of borderSchemas()) {
      const { $schema: named, ...bare } = schema as { readonly $schema?: string };
      for (const draft of named === undefined ? drafts.slice(0, 1) : drafts) {
        void draft.validateSchema(bare);
        expect(draft.errors ?? []).toEqual([]);
      }
    }
  });

  it('tell what does not fit, by the value asked about last', () => {
    const border = borderOf<{ a: number }>({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'number' } },
      additionalProperties: false,
    });
    expect(border({ a: '1' })).toBe(false);
    expect(border.errors?.[0]).toMatchObject({ instancePath: '/a', keyword: 'type' });
    expect(border({ a: 1 })).toBe(true);
    expect(border.errors ?? []).toEqual([]);
  });

  it('refuse a schema with a word that JSON Schema does not have, when first crossed', () => {
    expect(() => borderOf({ type: 'object', requird: [] })({})).toThrow(/requird/);
  });
});

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/model/package-root.ts';
import type { ReportDocument } from '../../../src/report/machine/json-schema.ts';
import { jsonPieces, lazy } from '../../../src/report/machine/safe-json.ts';
import { nasty, province, sets, textOf } from './forms.ts';

/** The file that is published, which a test keeps generated from code (test/setup/generated-files.test.ts). */
const published = JSON.parse(
  readFileSync(new URL('templates/schemas/report-1.schema.json', packageRoot), 'utf8'),
) as object;
const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(published);
const read = async (data = province) => JSON.parse(await textOf(data, { format: 'json' })) as ReportDocument;

describe('the JSON report', () => {
  it.each(sets)('is valid by the schema that is published: %s', async (_name, data) => {
    expect(valid(await read(data)) || valid.errors?.slice(0, 3)).toBe(true);
  });

  it('has a schema that refuses what is missing, unknown, or of another version', async () => {
    const document = await read();
    const { totals: _totals, ...rest } = document;
    expect(valid(rest)).toBe(false);
    expect(valid({ ...document, extra: true })).toBe(false);
    expect(valid({ ...document, schema: 'rasoat-report/2' })).toBe(false);
  });

  it('counts as the pages do, with a denominator beside every total', async () => {
    const { scope, totals, systems, findings, assessments } = await read();
    expect(scope).toEqual({
      organisation: null,
      systemsInInventory: 12,
      systemsListed: 11,
      systemsWithheld: 1,
      excludedSystems: 2,
    });
    const sum = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((all, one) => all + one, 0);
    expect(sum(totals.systems)).toBe(scope.systemsListed);
    expect(sum(totals.findings)).toBe(findings.length);
    expect(sum(totals.openBySeverity) + totals.waived).toBe(totals.findings.fail);
    expect(totals.coverage.needed).toBe(findings.filter(({ outcome }) => outcome !== 'not-applicable').length);
    expect(totals.coverage.seen).toBe(totals.findings.pass + totals.findings.fail);
    expect(systems.reduce((all, { coverage }) => all + coverage.needed, 0)).toBe(totals.coverage.needed);
    expect(assessments.length).toBeGreaterThanOrEqual(sum(totals.obligations));
    expect(totals.late).toBe(province.track?.tally.late);
  });

  it('tells a life where the run was taken in, and null where nobody followed it', async () => {
    const { findings } = await read();
    const failed = findings.filter(({ outcome }) => outcome === 'fail');
    expect(failed[0]?.life).toMatchObject({
      state: 'in-progress',
      firstSeen: '2026-09-01',
      daysLate: 67,
      due: { on: '2026-09-16' },
    });
    const { track: _track, ...untracked } = province;
    const alone = await read(untracked);
    expect(alone.findings.every(({ life }) => life === null)).toBe(true);
    expect(alone.totals.late).toBeNull();
  });

  it('keeps the words of strangers as they were sent, and prints none that a terminal obeys', async () => {
    const text = await textOf(nasty, { format: 'json' });
    expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    const names = (JSON.parse(text) as ReportDocument).systems.map(({ name }) => name.vi);
    expect(names).toContain(nasty.inventory.systems[0]?.name);
  });
});

describe('jsonPieces', () => {
  const plain = (value: unknown) => JSON.parse([...jsonPieces(value)].join('')) as unknown;

  it('says what JSON.stringify says, lone surrogates aside', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(plain(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(plain({ a: undefined, b: lazy(() => [1, { c: lazy(() => []) }]) })).toEqual({ b: [1, { c: [] }] });
  });

  it('writes out half a surrogate pair, and no backslash that only looks like one', () => {
    expect(plain(['\ud800', 'x\udfff', '\\ud800', '\\\\ud800', '😀'])).toEqual([
      '⟨U+D800⟩',
      'x⟨U+DFFF⟩',
      '\\ud800',
      '\\\\ud800',
      '😀',
    ]);
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import multitool from '@microsoft/sarif-multitool';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { languages } from '../../../src/model/text.ts';
import { province, sets, textOf } from './forms.ts';

type Result = {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string; readonly id?: string; readonly arguments?: readonly string[] };
  readonly locations: readonly [
    {
      readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly index: number } };
      readonly logicalLocations: readonly [{ readonly index: number }];
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly status: string; readonly justification: string }[];
};
type Rule = {
  readonly id: string;
  readonly messageStrings: Readonly<Record<string, { readonly text: string }>>;
  readonly relationships?: readonly {
    readonly target: {
      readonly id: string;
      readonly index: number;
      readonly toolComponent: { readonly index: number };
    };
  }[];
};
type Log = {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
      readonly results: readonly Result[];
      readonly taxonomies: readonly { readonly taxa: readonly { readonly id: string }[] }[];
      readonly translations: readonly { readonly language: string; readonly rules: readonly Rule[] }[];
      readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
      readonly logicalLocations: readonly { readonly fullyQualifiedName: string; readonly parentIndex?: number }[];
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { readonly descriptor: { readonly id: string } }[];
        },
      ];
    },
  ];
};

// Microsoft's validator of the standard's editors, and the schema that it ships: the OASIS one of 2.1.0 with errata 01.
const schema = JSON.parse(readFileSync(join(dirname(multitool), 'sarif-2.1.0.json'), 'utf8')) as object;
const formats = { uri: true, 'uri-reference': true, 'date-time': true, uuid: /^[0-9a-f-]{36}$/ } as const;
const valid = new Ajv2020({ strict: false, allErrors: true, formats }).compile(schema);

const read = async (data = province, lang: 'vi' | 'en' = 'vi') =>
  JSON.parse(await textOf(data, { format: 'sarif', lang })) as Log;

const folder = mkdtempSync(join(tmpdir(), 'rasoat-sarif-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('SARIF', () => {
  it.each(sets)('is valid by the schema in both languages: %s', async (_name, data) => {
    for (const lang of languages) {
      const log = await read(data, lang);
      expect(valid(log) || valid.errors?.slice(0, 3)).toBe(true);
    }
    expect(valid({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'is read by the reference tool without an error',
    async () => {
      // npm may leave the install script out that makes it executable.
      chmodSync(multitool, 0o755);
      // Without `$schema`: the tool would ask a name server for the host that it names.
      const write = (name: string, { $schema: _name, ...log }: Readonly<Record<string, unknown>>) => {
        writeFileSync(join(folder, name), JSON.stringify(log));
      };
      for (const [at, [, data]] of sets.entries()) write(`${String(at)}.sarif`, await read(data));
      const results = [{ ruleIndex: 5, message: { text: 'x' } }];
      write('broken.sarif', { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results }] });
      const names = ['0.sarif', '1.sarif', 'broken.sarif'];
      const said = spawnSync(multitool, ['validate', ...names], {
        encoding: 'utf8',
        cwd: folder,
        timeout: 150_000,
      }).stdout;
      expect(said).toContain('3 files scanned');
      const errors = said.split('\n').filter((line) => line.includes('): error '));
      expect(errors.filter((line) => !line.includes('broken.sarif'))).toEqual([]);
      expect(errors).not.toEqual([]);
    },
  );

  it('has a result for every finding: what failed, passed, does not apply, and what is open', async () => {
    const [run] = (await read()).runs;
    const kinds = { fail: 'fail', pass: 'pass', 'not-applicable': 'notApplicable', 'not-observed': 'open' } as const;
    expect(run.results.map(({ kind }) => kind)).toEqual(province.findings.map(({ outcome }) => kinds[outcome]));
    for (const { kind, level } of run.results) expect(level === 'none').toBe(kind !== 'fail');
    expect(run.invocations[0].executionSuccessful).toBe(true);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(
      province.observations.filter(({ ok }) => !ok).length,
    );
  });

  it('suppresses what is waived, with the reason and without the persons', async () => {
    const text = await textOf(province, { format: 'sarif' });
    const suppressed = (JSON.parse(text) as Log).runs[0].results.flatMap(({ suppressions }) => suppressions ?? []);
    expect(suppressed).toEqual([
      expect.objectContaining({
        kind: 'external',
        status: 'accepted',
        justification: expect.stringContaining('Đang thay thiết bị tường lửa') as string,
      }),
    ]);
    expect(text).not.toMatch(/Trần Thị Mai|Lê Quốc Hưng|0200 000/);
  });

  it('joins results to rules, places and texts of law by indexes that hold', async () => {
    const [run] = (await read()).runs;
    const { rules } = run.tool.driver;
    for (const result of run.results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      const { physicalLocation, logicalLocations } = result.locations[0];
      expect(run.artifacts[physicalLocation.artifactLocation.index]?.location.uri).toBe(
        physicalLocation.artifactLocation.uri,
      );
      const place = run.logicalLocations[logicalLocations[0].index];
      const system = run.logicalLocations[place?.parentIndex ?? -1];
      expect(physicalLocation.artifactLocation.uri).toBe(`he-thong/${system?.fullyQualifiedName ?? ''}.html`);
    }
    const relations = rules.flatMap(({ relationships }) => relationships ?? []);
    expect(relations.length).toBeGreaterThan(5);
    for (const { target } of relations)
      expect(run.taxonomies[target.toolComponent.index]?.taxa[target.index]?.id).toBe(target.id);
    expect(run.translations.map(({ language }) => language)).toEqual(['en']);
    expect(run.translations[0]?.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it.each(sets)("says the same in a message's text as its id and arguments say: %s", async (_name, data) => {
    const [run] = (await read(data)).runs;
    for (const { message, ruleIndex } of run.results) {
      const string = run.tool.driver.rules[ruleIndex]?.messageStrings[message.id ?? '']?.text;
      expect(string?.replace('{0}', () => message.arguments?.[0] ?? '')).toBe(message.text);
      // A stranger's braces and links are literal (3.11.5, 3.11.6).
      expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      expect(message.text).not.toMatch(/(^|[^\\])\]\(/);
    }
  });

  it('keeps the fingerprints of a finding from run to run', async () => {
    const later = {
      ...province,
      run: { ...province.run, id: 'run-2026-11-29-01', endedAt: '2026-11-29T14:40:00.000Z' },
    };
    const prints = async (data: typeof province) =>
      (await read(data)).runs[0].results.map(({ partialFingerprints }) => partialFingerprints);
    const before = await prints(province);
    expect(await prints(later)).toEqual(before);
    expect(new Set(before.map((one) => one['place/v1'])).size).toBe(before.length);
  });
});

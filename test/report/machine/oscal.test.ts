import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { languages } from '../../../src/model/text.ts';
import { exportReport } from '../../../src/report/machine/export.ts';
import { quoted, token } from '../../../src/report/machine/oscal/text.ts';
import { tellIn } from '../../../src/report/machine/tell.ts';
import { uuidOf } from '../../../src/report/machine/uuid.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { province, sets, textOf } from './forms.ts';
import { oscalSchema } from './oscal-schema.ts';

type Json = Readonly<Record<string, unknown>>;
type Result = {
  readonly observations: readonly (Json & { readonly uuid: string; readonly methods: readonly string[] })[];
  readonly risks?: readonly (Json & { readonly status: string; readonly deadline?: string })[];
  readonly findings: readonly (Json & {
    readonly target: {
      readonly 'target-id': string;
      readonly status: { readonly state: string; readonly reason: string };
    };
    readonly props: readonly { readonly name: string; readonly value: string }[];
  })[];
};
type Document = { readonly 'assessment-results': { readonly results: readonly Result[] } };

const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true }).compile(oscalSchema);
const read = async (data = province, lang: 'vi' | 'en' = 'vi') =>
  JSON.parse(await textOf(data, { format: 'oscal', lang })) as Document;

describe('OSCAL assessment results', () => {
  it.each(sets)("hold to NIST's model in both languages: %s", async (_name, data) => {
    for (const lang of languages) {
      const document = await read(data, lang);
      expect(valid(document) || valid.errors?.slice(0, 5)).toBe(true);
    }
  });

  it('are refused by the schema when something of the model is missing or too much', async () => {
    const document = await read();
    const { 'import-ap': _plan, ...rest } = document['assessment-results'] as unknown as Json;
    expect(valid({ 'assessment-results': rest })).toBe(false);
    expect(valid({ 'assessment-results': { ...document['assessment-results'], extra: 1 } })).toBe(false);
  });

  it.each(sets)('define everything once and refer to nothing that they do not define: %s', async (_name, data) => {
    const document = await read(data);
    const defined: string[] = [];
    const referred: string[] = [];
    const objectives = new Set<string>();
    const targets: string[] = [];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk);
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'uuid') defined.push(String(inner));
        else if (key.endsWith('-uuid')) referred.push(String(inner));
        else if (key === 'party-uuids') referred.push(...(inner as string[]));
        else if (key === 'href') referred.push(String(inner).slice(1));
        else if (key === 'target-id') targets.push(String(inner));
        else if (key === 'id' && String(inner).endsWith('_obj')) objectives.add(String(inner));
        walk(inner);
      }
    };
    walk(document);
    expect(new Set(defined).size).toBe(defined.length);
    expect(referred.filter((one) => !new Set(defined).has(one))).toEqual([]);
    expect(targets.filter((one) => !objectives.has(one))).toEqual([]);
    expect(targets.length).toBeGreaterThan(20);
  });

  it('call satisfied what is met alone; the unproven is not satisfied for want of evidence; a person looks at the manual', async () => {
    const { results } = (await read())['assessment-results'];
    const findings = results.flatMap((one) => one.findings);
    const verdictOf = (finding: Result['findings'][number]) =>
      finding.props.find(({ name }) => name === 'verdict')?.value ?? '';
    const told = new Set(
      findings.map((one) => `${verdictOf(one)} ${one.target.status.state} ${one.target.status.reason}`),
    );
    expect([...told].sort()).toEqual([
      'contradicted not-satisfied fail',
      'met satisfied pass',
      'not-met not-satisfied fail',
      'unproven not-satisfied other',
    ]);
    const examined = results.flatMap(({ observations }) =>
      observations.filter(({ methods }) => methods[0] === 'EXAMINE'),
    );
    const manual = province.assessments.filter(
      ({ verdict, system }) => verdict === 'manual' && system !== 'luu-tru-dang',
    );
    expect(examined).toHaveLength(manual.length);
    expect(results).toHaveLength(11);
  });

  it('make a risk of each failure, due at the end of its day, a deviation where it is waived', async () => {
    const { results } = (await read())['assessment-results'];
    const risks = results.flatMap((one) => one.risks ?? []);
    expect(risks).toHaveLength(province.findings.filter(({ outcome }) => outcome === 'fail').length);
    expect(new Set(risks.map(({ status }) => status))).toEqual(new Set(['open', 'remediating', 'deviation-approved']));
    expect(risks.filter(({ status }) => status === 'deviation-approved')).toHaveLength(1);
    expect(risks[0]?.deadline).toBe('2026-09-16T23:59:59+07:00');
  });

  it('keep the identifiers of risks from run to run, and no other run’s observations', async () => {
    const later = { ...province, run: { ...province.run, id: 'run-2026-11-29-01' } };
    const ids = async (data: typeof province) => {
      const { results } = (await read(data))['assessment-results'];
      return {
        risks: results.flatMap(({ risks }) => (risks ?? []).map(({ uuid }) => uuid)),
        observations: results.flatMap(({ observations }) => observations.map(({ uuid }) => uuid)),
      };
    };
    const [one, other] = [await ids(province), await ids(later)];
    expect(other.risks).toEqual(one.risks);
    expect(other.observations.filter((uuid) => one.observations.includes(uuid))).toEqual([]);
  });

  it('need a system that may be named', async () => {
    const secret = { ...province, inventory: { ...province.inventory, systems: [] } };
    await expect(exportReport(secret, { format: 'oscal', lang: 'vi' })).rejects.toThrow(UserError);
  });
});

describe('words for Markdown', () => {
  const tell = tellIn(loadCatalogue(), 'vi');
  it.each([
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['![x](http://evil.example/)', '!\\[x\\](http://evil.example/)'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['TLS_RSA_WITH and _em_', 'TLS_RSA_WITH and \\_em\\_'],
    ['  two\nlines `x` &lt; ', 'two⟨LF⟩lines \\`x\\` \\&lt;'],
    ['', '—'],
  ])('quote %j', (words, told) => {
    expect(quoted(words, tell)).toBe(told);
  });

  it('and tokens are NCNames', () => {
    expect(token('bon-lop/luc-luong')).toBe('bon-lop.luc-luong');
    expect(token('3a b')).toBe('_3a_b');
  });
});

describe('uuidOf', () => {
  it('is a version 5 UUID of its parts, and tells parts apart', () => {
    expect(uuidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('a', 'b')).toBe(uuidOf('a', 'b'));
    expect(uuidOf('ab')).not.toBe(uuidOf('a', 'b'));
  });
});

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportData } from '../../src/model/report-data.ts';
import { redact } from '../../src/report/redact/redact.ts';
import { scrubber } from '../../src/report/redact/scrub.ts';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';
import { fixtureTrack } from './fixture-track.ts';
import { kept } from './hostile.ts';

const person = 'Nguyễn Văn Kín';
const secrets = [
  '10.20.30.40',
  '203.0.113.77',
  '2001:db8:12::7f',
  'fe80::1',
  'may-chu-kin.noi-bo.gov.vn',
  'db01.lan',
  'nguyen.van.kin@noi-bo.gov.vn',
  '0912 345 678',
  '+84912345678',
  '079123456789',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW4ifQ.c2lnbmF0dXJl',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'JSESSIONID=0A1B2C3D4E5F60718293',
  'mật khẩu: Tinh@2026',
  '00:1a:2b:3c:4d:5e',
] as const;
const bits = [...secrets.map((secret) => secret.replace(/^.*[:=] ?(?=\S{8,}$)/, '')), 'noi-bo.gov.vn', 'Tinh@2026'];
const all = `Hệ thống ${secrets.join(' | ')} của ${person} xyzzy`;

/** Names of what is counted, numbers of documents, and the words of law and checks: they travel, scrubbed. */
const travels =
  /^inventory\.(province|zones|organisations|systems)\.(\d+\.)?name(En)?$|^inventory\.authorisations\.\d+\.document\.(number|issuer)$|^(checks|frameworks)\.|^tasks\.(tasks|items)\.\d+\.(title|quote|owner|source|deadline|shows|subject|clear)|^track\.(findings|tasks)\.\d+\.due\.|^track\.tasks\.\d+\.clear\.|^run\.tool$/;

/** The data with `text` in every field that holds free text and whose path the caller wants; links between parts stay whole. */
function plant(data: ReportData, text: string, wanted: (path: string) => boolean): ReportData {
  const walk = (value: unknown, key: string, path: string): unknown => {
    if (typeof value === 'string') {
      if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(value)) return value;
      if (
        key === 'target' ||
        key === 'key' ||
        key === 'address' ||
        path.startsWith('track.strips') ||
        key === 'finding'
      )
        return value;
      return kept.has(key) && !path.startsWith('inventory.organisations') ? value : wanted(path) ? text : value;
    }
    if (Array.isArray(value)) return value.map((one, at) => walk(one, key, `${path}.${at}`));
    if (value instanceof Map) return new Map([...value].map(([name, one]) => [name, walk(one, key, path)]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        structural.has(name) ? inner : walk(inner, name, path === '' ? name : `${path}.${name}`),
      ]),
    );
  };
  return walk(data, '', '') as ReportData;
}
const structural = new Set([
  'id',
  'parent',
  'kind',
  'settings',
  'conventions',
  'inForce',
  'mark',
  'phase',
  'word',
  'rule',
  'cite',
]);

const asText = (value: unknown) =>
  JSON.stringify(value, (_key, one: unknown) => (one instanceof Map ? [...(one as Map<string, unknown>)] : one));

function base(): ReportData {
  const data = fixture();
  return { ...data, track: fixtureTrack(data) };
}

describe('a copy that travels', () => {
  let folder = '';
  const files = new Map<string, string>();
  const original = base();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rasoat-redact-'));
    const planted = plant(original, all, () => true);
    const organisations = planted.inventory.organisations.map((one) => ({ ...one, head: person }));
    const systems = planted.inventory.systems.map((one, at) => ({
      ...one,
      name: `Hệ thống ${at} của ${person} ${secrets.join(' ; ')}`,
    }));
    const out = join(folder, 'out');
    await writeReport({ ...planted, inventory: { ...planted.inventory, organisations, systems } }, out, {
      travelling: true,
    });
    for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && /\.(html|js)$/.test(entry.name))
        files.set(
          relative(out, join(entry.parentPath, entry.name)),
          await readFile(join(entry.parentPath, entry.name), 'utf8'),
        );
    }
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has the province’s page and the guide alone, with the systems by name', () => {
    expect([...files.keys()].sort()).toEqual(
      [
        'index.html',
        'cach-doc.html',
        'en/index.html',
        'en/how-to-read.html',
        'assets/index.js',
        'assets/rasoat.js',
      ].sort(),
    );
    expect(files.get('index.html')).toContain('Hệ thống 0 của ⟨…⟩ ⟨…⟩');
    expect(files.get('en/index.html')).toContain('Names of systems and counts only');
  });

  it('holds in no file a secret, an address or a name that was planted in every field', () => {
    for (const [name, text] of files)
      for (const bit of [...bits, person]) expect([name, bit, text.includes(bit)]).toEqual([name, bit, false]);
  });

  it('holds no host, address, target or person of the province as it is', async () => {
    const out = join(folder, 'as-it-is');
    await writeReport(original, out, { travelling: true });
    const text = (
      await Promise.all(
        ['index.html', 'en/index.html', 'assets/index.js'].map((file) => readFile(join(out, file), 'utf8')),
      )
    ).join('\n');
    const named = original.targets.flatMap(({ key, name, address }) =>
      [key, name, address].filter((one) => one !== undefined),
    );
    const people = original.inventory.organisations.flatMap(({ contact }) => [
      contact?.name,
      contact?.phone,
      contact?.email,
    ]);
    for (const one of [...named, ...people, 'Hoàng Thị Lan'])
      if (one !== undefined) expect([one, text.includes(one)]).toEqual([one, false]);
    for (const { name } of original.inventory.systems.filter(
      (one) => one.excluded === undefined && one.stateSecret !== true,
    ))
      expect(text).toContain(name);
  });

  it('lets through no field that is not meant to go', () => {
    const through = asText(redact(plant(original, 'xyzzy plugh', (path) => !travels.test(path))));
    expect(through).not.toContain('xyzzy');
    expect(asText(plant(original, 'xyzzy', () => true))).toContain('xyzzy');
    expect(asText(redact(plant(original, 'xyzzy', (path) => travels.test(path))))).toContain('xyzzy');
  });

  it('counts as the whole report counts', () => {
    const less = redact(original);
    const outcomes = ({ findings }: ReportData) =>
      findings.map(({ outcome, severity, check }) => `${outcome} ${severity} ${check}`);
    expect(outcomes(less)).toEqual(outcomes(original));
    expect(less.assessments.map(({ verdict }) => verdict)).toEqual(original.assessments.map(({ verdict }) => verdict));
    expect(less.track?.tally.toMend).toBe(original.track?.tally.toMend);
  });

  it('scrubs whatever points at a machine or a person, and leaves law and plain words alone', () => {
    const scrub = scrubber();
    const arbitrary = fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((one) => one.length > 4),
      fc.emailAddress(),
      fc.webUrl(),
      fc
        .tuple(
          fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/),
          fc.constantFrom('vn', 'gov.vn', 'com', 'lan', 'local', 'noibo'),
        )
        .map(([name, end]) => `${name}x.${end}`),
      fc.uuid(),
      fc.stringMatching(/^0[235789]\d{8}$/),
      fc.stringMatching(/^[A-Za-z]{8}[0-9]{4}[A-Za-z0-9+/]{16}$/),
    );
    fc.assert(
      fc.property(arbitrary, (secret) => {
        expect(scrub(`Cổng ${secret} của tỉnh`)).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
    for (const plain of [
      'Nghị định 331/2026/NĐ-CP, Điều 13.2.b',
      'TCVN 14423:2026, §6.13.2.1',
      'Hệ thống một cửa điện tử, 22/11/2026 21:40',
      'Trung tâm CNTT. Số 12 đường Trần Phú, TP.HCM',
      'security.txt và robots.txt',
    ])
      expect(scrub(plain)).toBe(plain.normalize('NFC'));
  });
});

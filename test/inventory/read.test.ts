import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseInventory, readInventory } from '../../src/inventory/read.ts';
import { UserError, type Problem } from '../../src/model/errors.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { baseText, changed, type Edit } from './base.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rasoat-inventory-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(name: string, bytes: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function problemsOf(path: string): Promise<readonly Problem[]> {
  const error: unknown = await readInventory(path).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`no UserError for ${path}`, { cause: error });
  return error.problems;
}

describe('a file that is no text', () => {
  test('is missing', async () => {
    const path = join(folder, 'khong-co.yaml');
    expect(await problemsOf(path)).toEqual([{ file: path, message: { key: 'inventory.file-missing' } }]);
  });

  test('is a folder', async () => {
    expect(await problemsOf(folder)).toEqual([{ file: folder, message: { key: 'inventory.file-is-folder' } }]);
  });

  test('is a device', async () => {
    expect(await problemsOf('/dev/null')).toMatchObject([{ message: { key: 'inventory.file-not-regular' } }]);
  });

  test('is too large to parse in memory, and is not read', async () => {
    const path = await written('lon.yaml', '');
    await truncate(path, 16 * 1024 * 1024 + 1);
    expect(await problemsOf(path)).toMatchObject([
      { message: { key: 'inventory.file-too-large', params: { size: 17, limit: 16 } } },
    ]);
  });

  test('is in another encoding: the first such line is named', async () => {
    const path = await written(
      'tcvn3.yaml',
      Buffer.concat([Buffer.from('schema: 1\nname: '), Buffer.from([0xcd, 0x6e])]),
    );
    expect(await problemsOf(path)).toEqual([
      { file: path, line: 2, column: 1, message: { key: 'inventory.file-not-utf8' } },
    ]);
  });
});

describe('one inventory, however it was saved', () => {
  const plain = parseInventory('tinh.yaml', baseText).inventory;

  test.each([
    ['with a byte order mark', `\uFEFF${baseText}`],
    ['with the line ends of Windows', baseText.replaceAll('\n', '\r\n')],
    ['with marks apart from their letters, as macOS writes them', baseText.normalize('NFD')],
    ['with a line that begins the document', `---\n${baseText}`],
  ])('%s', async (_, text) => {
    const path = await written('tinh.yaml', text);
    expect((await readInventory(path)).inventory).toEqual(plain);
  });

  test('its hash is that of the bytes', async () => {
    const path = await written('hash.yaml', `\uFEFF${baseText}`);
    const expected = createHash('sha256').update(`\uFEFF${baseText}`).digest('hex');
    expect((await readInventory(path)).hash).toBe(expected);
  });
});

describe('YAML 1.2 keeps words as words', () => {
  test.each(['2026-11-22', 'NO', 'no', 'off', '22:30:00', '1_000', '0o17a', '=', '1.2.3'])('%s', (word) => {
    const { inventory } = parseInventory('tinh.yaml', changed(['name: Cổng thông tin', `name: ${word}`]));
    expect(inventory.systems[0]?.name).toBe(word);
  });
});

test('names, addresses, blocks and URLs come out in their one spelling', () => {
  const { inventory } = parseInventory(
    'tinh.yaml',
    changed(
      ['https://portal.example/', 'https://LaiChâu.EXAMPLE.:443/a#b'],
      ['[203.0.113.7]', "['::ffff:203.0.113.7', 203.0.113.7, '2001:DB8:0::7']"],
      ['host: srv.portal.example', 'host: SRV.Portal.Example.'],
      [
        'networks: [203.0.113.0/24]',
        "networks: [203.0.113.0/24, '::ffff:198.51.100.0/120'], domains: [LaiChâu.Example.]",
      ],
    ),
  );
  expect(inventory.systems[0]?.endpoints).toMatchObject([
    { url: 'https://xn--laichu-0ta.example/a', addresses: ['203.0.113.7', '2001:db8::7'] },
    { host: 'srv.portal.example' },
  ]);
  expect(inventory.authorisations[0]?.scope).toEqual({
    networks: ['203.0.113.0/24', '198.51.100.0/24'],
    domains: ['xn--laichu-0ta.example'],
  });
});

test('namesakes of two organisations may ask and approve', () => {
  const text = changed(
    ['requestedBy: { name: Nguyễn Văn A,', 'requestedBy: { name: Trần Thị B, organisation: so-y-te,'],
    ['approvedBy: { name: Trần Thị B,', 'approvedBy: { name: Trần Thị B, organisation: cong-an,'],
  );
  expect(parseInventory('tinh.yaml', text).inventory.authorisations[0]?.approvedBy.name).toBe('Trần Thị B');
});

describe('warnings', () => {
  const warned = (...edits: readonly Edit[]) =>
    parseInventory('tinh.yaml', changed(...edits)).warnings.map(
      ({ line, column, message }) => `${line ?? ''}:${column ?? ''} ${message.key.replace('inventory.', '')}`,
    );
  const approvedOnly = '    owner: so-y-te\n    classification: { level: 2, dossier: da-phe-duyet }';
  const waiver = (target: string) => `    operator: so-y-te
    waivers:
      - { check: csp, until: 2027-01-01, reason: Chờ, target: '${target}', requestedBy: { name: A, position: x }, approvedBy: { name: B, position: y } }`;

  test.each<[string, readonly Edit[], readonly string[]]>([
    ['nothing', [], []],
    [
      'an excluded system with endpoints',
      [['    owner: so-y-te', '    owner: so-y-te\n    excluded: co-yeu']],
      ['14:5 excluded-endpoints', '27:12 covers-nothing'],
    ],
    [
      'a state-secret system without permit',
      [['    owner: so-y-te', '    owner: so-y-te\n    stateSecret: true']],
      ['14:5 state-secret-endpoints', '27:12 covers-nothing'],
    ],
    ['an approval without decision', [['    owner: so-y-te', approvedOnly]], ['12:21 approved-without-decision']],
    ['an address outside every document', [['[203.0.113.8]', '[198.51.100.8]']], ['16:15 not-covered']],
    ['one address of two outside', [['[203.0.113.8]', '[203.0.113.8, 198.51.100.8]']], []],
    [
      'a document that covers nothing',
      [['203.0.113.0/24', '198.51.100.0/24']],
      ['14:27 not-covered', '16:15 not-covered', '26:12 covers-nothing'],
    ],
    [
      'a private address under a domain only',
      [
        ['networks: [203.0.113.0/24]', 'domains: [portal.example]'],
        [', addresses: [203.0.113.7]', ''],
      ],
      [],
    ],
    [
      'a bare private address under a domain only',
      [
        ['networks: [203.0.113.0/24]', 'domains: [portal.example]'],
        ['host: srv.portal.example\n        addresses: [203.0.113.8]', 'host: 10.0.0.8'],
      ],
      ['16:15 not-covered'],
    ],
    [
      'a domain bound to networks elsewhere',
      [['networks: [203.0.113.0/24]', 'networks: [203.0.113.8], domains: [portal.example]']],
      ['14:27 not-covered-networks'],
    ],
    [
      'a port that the document leaves out',
      [['{ networks: [203.0.113.0/24] }', "{ networks: [203.0.113.0/24], ports: '80' }"]],
      ['14:27 not-covered-port'],
    ],
    [
      'an endpoint in another zone',
      [
        ['name: Internet }', 'name: Internet }\n  - { id: tslcd, name: TSLCD }'],
        ['srv.portal.example\n', 'srv.portal.example\n        zones: [tslcd]\n'],
      ],
      ['17:15 not-covered-zone'],
    ],
    [
      'an excluded address',
      [['authorisations:', 'exclusions: [{ networks: [203.0.113.8], reason: x }]\nauthorisations:']],
      ['16:15 endpoint-excluded'],
    ],
    ['a waiver of a target', [['    operator: so-y-te', waiver('https://portal.example/ [203.0.113.7]')]], []],
    [
      'a waiver without the address',
      [['    operator: so-y-te', waiver('https://portal.example/')]],
      ['14:63 waiver-of-nothing-near'],
    ],
    [
      'a waiver of a foreign target',
      [['    operator: so-y-te', waiver('ftp.other.test [192.0.2.1]')]],
      ['14:63 waiver-of-nothing'],
    ],
  ])('%s', (_, edits, expected) => {
    expect(warned(...edits)).toEqual(expected);
  });
});

describe('the example province', () => {
  const path = fileURLToPath(new URL('inventory/lai-chau.example.yaml', packageRoot));

  test('has nothing wrong, and warns of just what it sets out to show', async () => {
    const { inventory, warnings } = await readInventory(path);
    expect(inventory.systems.length).toBeGreaterThanOrEqual(38);
    expect(warnings.map(({ message }) => message.key)).toEqual([
      'inventory.state-secret-endpoints',
      'inventory.endpoint-excluded',
      'inventory.approved-without-decision',
      'inventory.excluded-endpoints',
    ]);
  });

  test('names no address beyond the machine and no domain that could exist', async () => {
    const { inventory } = await readInventory(path);
    const endpoints = inventory.systems.flatMap((system) => system.endpoints);
    const addresses = endpoints.flatMap((endpoint) => ('addresses' in endpoint ? (endpoint.addresses ?? []) : []));
    const scannable = endpoints.filter(({ kind }) => kind === 'web' || kind === 'host');
    expect(scannable.every((endpoint) => 'addresses' in endpoint)).toBe(true);
    expect(addresses.every((address) => address.startsWith('127.20.'))).toBe(true);
    for (const endpoint of endpoints) expect(JSON.stringify(endpoint)).toContain('lai-chau.example');
  });
});

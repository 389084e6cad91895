import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { rasoatHere as ask, scratch } from '../e2e/cli.ts';
import { sketchInventory } from '../e2e/inventory.ts';

/* One real scan: `so-a` and `so-b` own a system each, `trung-tam` runs that of `so-b`; the rest hold none that is looked at. */
const here = scratch();
const out = here.file('out');
const [hostA, hostB, port] = ['127.71.20.1', '127.71.20.2', 2271];
const servers: Server[] = [];
const owners = ['so-a', 'trung-tam', 'so-b'];

type Loose = Record<string, unknown>;
type Told = { readonly owner: string; readonly index: string; readonly files: number; readonly stood: boolean };

beforeAll(async () => {
  for (const host of [hostA, hostB]) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-OpenSSH_7.4\r\n');
    });
    server.listen(port, host);
    await once(server, 'listening');
    servers.push(server);
  }
  const system = (id: string, host: string) => ({
    id,
    level: 2,
    endpoints: [{ kind: 'host', host, services: [{ port }] }],
  });
  const inventory = parse(
    sketchInventory([system('may-a', hostA), system('may-b', hostB), system('mat', '127.71.20.3')]),
  ) as { organisations: Loose[]; systems: Loose[] };
  for (const id of ['trung-tam', 'so-b', 'kin', 'trong'])
    inventory.organisations.push({ id, name: `Cơ quan ${id}`, headPosition: 'Giám đốc' });
  Object.assign(inventory.systems[1] ?? {}, { owner: 'so-b', operator: 'trung-tam' });
  Object.assign(inventory.systems[2] ?? {}, { owner: 'kin', operator: 'kin', excluded: 'co-yeu' });
  writeFileSync(here.file('tinh.yaml'), stringify(inventory));
  const flags = ['--ports', 'connect', '--port-list', 'declared', '--no-udp', '--no-report'];
  const { code, err } = await ask(['scan', '--inventory', here.file('tinh.yaml'), '--out', out, ...flags]);
  expect([1, 3], err).toContain(code);
}, 240_000);
afterAll(() => {
  for (const server of servers) server.close();
  here.remove();
});

const report = (...args: readonly string[]) => ask(['report', '--out', out, ...args]);
const told = async (...args: readonly string[]): Promise<readonly Told[]> => {
  const { code, out: text, err } = await report('--owners', '--json', ...args);
  expect(code, err).toBe(0);
  return JSON.parse(text) as readonly Told[];
};
const folders = () => readdirSync(out).filter((name) => name.startsWith('report'));
const filesOf = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
/** Every file, byte for byte; of how they were drawn what they were drawn from, for the rest is times. */
const bytesOf = (root: string) =>
  new Map(
    filesOf(root).map((file) => {
      const text = readFileSync(file, 'utf8');
      const drawn = file.endsWith('.rasoat-drawn.json');
      return [relative(root, file), drawn ? (JSON.parse(text) as { readonly whole: string }).whole : text];
    }),
  );
const inodesOf = (root: string) => filesOf(root).map((file) => [file, statSync(file).ino]);
const ofOwner = (owner: string) => join(out, `report-${owner}`);

describe('the remediation reports of all owners', () => {
  it('are those that each would get alone, byte for byte, and nobody else gets one', async () => {
    const all = await told();
    expect(all.map(({ owner, index, stood }) => [owner, index, stood])).toEqual(
      owners.map((owner) => [owner, join(ofOwner(owner), 'index.html'), false]),
    );
    expect(folders().sort()).toEqual(owners.map((owner) => `report-${owner}`).sort());
    for (const { owner, files } of all) {
      const { code, err, out: text } = await report('--owner', owner, '--to', here.file(owner), '--json');
      expect(code, err).toBe(0);
      expect(bytesOf(ofOwner(owner))).toEqual(bytesOf(here.file(owner)));
      expect(filesOf(ofOwner(owner))).toHaveLength(files);
      expect(Object.keys(JSON.parse(text) as Loose)).toEqual(['index', 'files', 'bytes']);
    }
    expect(readFileSync(join(ofOwner('so-a'), 'index.html'), 'utf8')).not.toContain(hostB);
  });

  it('are left as they stand, and a second call goes on with what a first left', async () => {
    const [first = '', second = '', third = ''] = owners.map(ofOwner);
    const before = inodesOf(first);
    rmSync(second, { recursive: true });
    appendFileSync(join(third, 'index.html'), '<p>tất cả đều tốt</p>');
    expect((await told()).map(({ stood }) => stood)).toEqual([true, false, false]);
    expect(inodesOf(first)).toEqual(before);
    for (const owner of owners) expect(bytesOf(ofOwner(owner))).toEqual(bytesOf(here.file(owner)));
    const { code, out: text } = await report('--owners');
    expect([code, text.trimEnd().split('\n')]).toEqual([
      0,
      [
        ...owners.map((owner) => `${owner}: ${join(ofOwner(owner), 'index.html')} (stands, unchanged)`),
        'Remediation reports of 3 organisations: 0 drawn, 3 stood already',
      ],
    ]);
  });

  it('travel as each would alone, into folders of their own', async () => {
    const to = here.file('travelling');
    await told('--travelling', '--to', to);
    expect(readdirSync(to).sort()).toEqual(owners.toSorted());
    expect((await report('--owner', 'so-b', '--travelling')).code).toBe(0);
    expect(bytesOf(join(to, 'so-b'))).toEqual(bytesOf(join(out, 'report-travelling-so-b')));
    expect([...bytesOf(join(to, 'so-b')).values()].join('')).not.toContain(hostB);
  });

  it('are refused with what is of one report alone, and where one of them may not stand: then none is written', async () => {
    for (const [other, ...more] of [['--owner', 'so-a'], ['--only', 'province'], ['--pdf']]) {
      const { code, err, out: text } = await report('--owners', String(other), ...more, '--to', here.file('none'));
      expect([code, text], err).toEqual([2, '']);
      expect(err).toContain(`does not go with ${String(other)}`);
    }
    const taken = here.file('taken');
    mkdirSync(join(taken, 'so-b'), { recursive: true });
    writeFileSync(join(taken, 'so-b', 'thu.txt'), 'x');
    const { code, err } = await report('--owners', '--to', taken);
    expect([code, readdirSync(taken)], err).toEqual([2, ['so-b']]);
    expect(err).toContain('holds files that are no report of ours');
    const inside = await report('--owners', '--to', ofOwner('so-a'));
    expect([inside.code, inside.err]).toEqual([2, expect.stringContaining('is itself a report')]);
    expect((await report('--owners', '--to', join(taken, 'so-b', 'thu.txt'))).code).toBe(2);
    expect((await report('--owners', '--to', here.file('public_html'))).code).toBe(2);
    expect([existsSync(here.file('none')), existsSync(here.file('public_html'))]).toEqual([false, false]);
  });
});

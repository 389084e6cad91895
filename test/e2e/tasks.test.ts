import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { rasoat, rasoatHere, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

/** Lai Châu's directives over two invented systems: one leaves a cache open, one does not answer. */
const folder = scratch();
const file = folder.file('tinh.yaml');
const out = folder.file('out');
let cache: Server;

const paper = (number: string, date: string) => ({ number, date });
const records = [
  {
    task: 'lai-chau-2026/lc-vuln-remediate',
    organisation: 'so-a',
    done: { on: '2026-04-20', document: paper('45/BC-SA', '2026-04-21') },
  },
  {
    task: 'lai-chau-2026/lc-soc',
    organisation: 'cong-an-tinh',
    done: { on: '2026-05-31', document: paper('7/QĐ', '2026-05-31') },
    extended: { until: '2026-06-15', document: paper('8/UBND', '2026-05-20') },
  },
  { task: 'lai-chau-2026/lc-data-catalogue', note: 'đang soạn' },
  { task: 'lai-chau-2026/lc-sox' },
];

beforeAll(async () => {
  cache = createServer((socket) => socket.on('error', () => undefined).end());
  await new Promise<void>((resolve) => cache.listen(6379, '127.65.0.1', resolve));
  const text = sketchInventory([
    { id: 'mo', endpoints: [{ kind: 'host', host: '127.65.0.1' }] },
    { id: 'tat', endpoints: [{ kind: 'web', url: 'https://127.65.0.2/' }] },
  ]);
  const made = parse(text) as { province: object; organisations: object[]; tasks?: object[] };
  made.province = { id: 'lai-chau', name: 'Tỉnh Lai Châu' };
  made.organisations.push({ id: 'cong-an-tinh', name: 'Công an tỉnh', kind: 'so-ban-nganh', headPosition: 'Giám đốc' });
  made.tasks = records;
  writeFileSync(file, stringify(made));
  const scanned = await rasoat(['scan', '--inventory', file, '--out', out, '--ports', 'connect']);
  expect([0, 1, 3], scanned.err).toContain(scanned.code);
});

afterAll(() => {
  cache.close();
  folder.remove();
});

type Told = {
  readonly day: string;
  readonly tasks: readonly { readonly id: string; readonly state: string }[];
  readonly items: readonly {
    readonly task: string;
    readonly subject: { readonly kind: string; readonly system?: string };
    readonly state: string;
    readonly claim?: { readonly on: string };
    readonly evidence: { readonly at?: string; readonly findings: readonly { readonly check: string }[] };
    readonly due: { readonly last?: string };
  }[];
  readonly groups?: readonly { readonly key: string; readonly total: number }[];
};
const told = async (...args: readonly string[]) => {
  const { code, out: text, err } = await rasoatHere(['tasks', '--json', ...args]);
  if (text === '') throw new Error(err);
  return { code, status: JSON.parse(text) as Told };
};

test('a stored run: what was called done and is seen open is contradicted, with both dates', async () => {
  const { code, status } = await told('--out', out, '--task', 'lai-chau-2026/lc-vuln-remediate');
  expect(code).toBe(1);
  const [open, silent] = ['mo', 'tat'].map((id) => status.items.find(({ subject }) => subject.system === id));
  expect(open).toMatchObject({ state: 'contradicted', claim: { on: '2026-04-20' }, due: { last: '2026-04-29' } });
  expect(open?.evidence.findings.map(({ check }) => check)).toContain('cache-ports');
  expect((open?.evidence.at ?? '') > '2026-04-20').toBe(true);
  expect(silent).toMatchObject({ state: 'no-evidence', claim: { on: '2026-04-20' } });
});

test('a document by its day, an extension, a record left open; held against any day', async () => {
  const soc = ['--out', out, '--task', 'lai-chau-2026/lc-soc'];
  expect(await told(...soc)).toMatchObject({
    code: 0,
    status: { items: [{ state: 'done-on-time', due: { last: '2026-06-15', original: '2026-05-30' } }] },
  });
  expect(await told(...soc, '--on', '2026-05-01')).toMatchObject({
    code: 0,
    status: { day: '2026-05-01', items: [{ state: 'pending', days: 45 }] },
  });
  const catalogue = await told('--out', out, '--task', 'lai-chau-2026/lc-data-catalogue');
  expect(catalogue).toMatchObject({ code: 1, status: { items: [{ state: 'overdue' }] } });
  const standards = await told('--out', out, '--task', 'lai-chau-2026/lc-standards');
  expect(standards).toMatchObject({ code: 3, status: { items: [{ state: 'no-evidence' }] } });
});

test('the run history answers for constant review, and coverage stands beside', async () => {
  const { status } = await told('--out', out, '--task', 'lai-chau-2026/lc-vuln-review');
  expect(status.items).toMatchObject([
    { state: 'no-evidence', because: 'seen-in-part', evidence: { coverage: { seen: 1, needed: 2 } } },
  ]);
});

test.each(['organisation', 'task', 'layer', 'level'])('counts by %s', async (by) => {
  const { status } = await told('--out', out, '--by', by);
  expect(status.groups?.length).toBeGreaterThan(0);
  const total = status.groups?.reduce((sum, group) => sum + group.total, 0) ?? 0;
  if (by === 'task' || by === 'organisation') expect(total).toBe(status.items.length);
});

test('an inventory alone: nothing is seen, and records that no text takes up are told with their line', async () => {
  const { code, out: text, err } = await rasoat(['tasks', '--inventory', file, '--organisation', 'so-a']);
  expect(code).toBe(3);
  expect(text).toContain('From the inventory alone');
  expect(text).toContain('claimed 20/04/2026, by 45/BC-SA of 21/04/2026');
  const line =
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((one) => one.includes('lc-sox')) + 1;
  expect(err).toContain(`tinh.yaml:${line}:`);
  const valid = await rasoatHere(['inventory', 'validate', file, '--json']);
  expect(valid.code).toBe(0);
  expect(JSON.parse(valid.out)).toMatchObject({ valid: true, warnings: [{ line, code: 'tasks.record-unknown-near' }] });
});

test('bad input is one sentence and exit 2', async () => {
  for (const [args, words] of [
    [['--task', 'lai-chau-2026/lc-sox'], 'Did you mean "lai-chau-2026/lc-soc"'],
    [['--organisation', 'nobody'], 'no organisation "nobody"'],
    [['--on', '2026-02-30'], 'no day "2026-02-30"'],
    [['--run', 'x', '--inventory', file], 'one of the two'],
    [['--by', 'colour'], 'invalid value for --by'],
  ] as const) {
    const { code, err } = await rasoatHere(['tasks', '--out', out, ...args]);
    expect([code, err.includes(words)], err).toEqual([2, true]);
  }
});

test('the report has the same states on its pages', async () => {
  const { code } = await rasoat(['report', '--out', out]);
  expect(code).toBe(0);
  const page = readFileSync(`${out}/report/en/organisation/so-a.html`, 'utf8');
  expect(page).toContain('Called done, and seen failing on that day or later');
  expect(page).toContain('45/BC-SA');
  expect(readFileSync(`${out}/report/co-quan/cong-an-tinh.html`, 'utf8')).toContain('8/UBND');
});

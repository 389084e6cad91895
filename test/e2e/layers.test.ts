import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// Claims alone, as an owner would look at them before anything is scanned.
const folder = scratch();
const file = folder.file('tinh.yaml');
afterAll(() => {
  folder.remove();
});

const document = { number: '1/QĐ', date: '2026-01-10' };
const verified = { on: '2026-01-10', by: 'Đoàn kiểm tra', document };
const onSite = {
  claimed: true,
  document,
  unit: 'Tổ an ninh mạng',
  head: 'Nguyễn Văn A',
  phone: '0213 000 000',
  email: 'anm@don-vi.example',
  incidentPlan: document,
};

it('names what is missing, and exits by the worst word', async () => {
  const inventory = parse(
    sketchInventory([
      { id: 'mot', level: 1, endpoints: [{ kind: 'web', url: 'http://127.64.2.1/' }] },
      { id: 'hai', level: 1, endpoints: [{ kind: 'web', url: 'http://127.64.2.2/' }] },
    ]),
  ) as { systems: Record<string, unknown>[] };
  const [first, second] = inventory.systems;
  if (first === undefined || second === undefined) throw new Error('no systems');
  const monitoring = { claimed: true, document, selfRun: true };
  const assessment = { claimed: true, document: { ...document, date: '2099-01-01' }, assessor: 'B', independent: true };
  const connection = { claimed: true, document, target: 'tinh', lastSeen: '2026-01-11', antiMalwareShared: true };
  first['layers'] = { onSite: { ...onSite, verified }, monitoring, assessment, connection };
  second['excluded'] = 'quan-su';
  writeFileSync(file, stringify(inventory, { aliasDuplicateObjects: false }));
  const layers = async (...args: string[]) => rasoat(['layers', ...args, '--inventory', file]);

  const { code, out } = await layers('--json');
  const statuses = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { system: string; layer: number; verdict: string; run: null });
  // Nothing is said of the excluded system.
  expect(statuses.map(({ system, layer, verdict, run }) => [system, layer, verdict, run])).toEqual([
    ['mot', 1, 'da-chung-minh', null],
    ['mot', 2, 'khai-bao-chua-kiem-chung', null],
    ['mot', 3, 'khai-bao-chua-kiem-chung', null],
    ['mot', 4, 'khai-bao-chua-kiem-chung', null],
  ]);
  expect(code).toBe(3);
  expect((await layers('hai')).code).toBe(2);
  expect((await layers('khong-co')).err).toContain('no system "khong-co"');

  first['layers'] = { onSite: { claimed: true } };
  writeFileSync(file, stringify(inventory, { aliasDuplicateObjects: false }));
  const bare = await layers('mot', '--lang', 'vi');
  expect(bare.code).toBe(1);
  expect(bare.out).toContain('Còn thiếu: số và ngày văn bản (Đ31.1.b, Đ31.1.c, NĐ 331/2026/NĐ-CP)');
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

// Opened by a program that people open such files with: LibreOffice makes a PDF of the DOCX and CSV of the XLSX.
const folder = mkdtempSync(join(tmpdir(), 'rasoat-office-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const inventory = 'inventory/lai-chau.example.yaml';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runProgram(args, {
    out: { write: (text) => (said.out += text) },
    err: { write: (text) => (said.err += text) },
    env: {},
  });
  return { code, ...said };
}

function convert(file: string, to: string, into = folder): void {
  const { status, stderr } = spawnSync(
    'soffice',
    [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', to, '--outdir', into, file],
    // Names of sheets become names of files: their letters need a locale of UTF-8.
    { encoding: 'utf8', env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } },
  );
  expect(status, stderr).toBe(0);
}

it('fills Mẫu 08 into a DOCX that LibreOffice turns into A4 pages with its words', async () => {
  const file = join(folder, 'bao-cao.docx');
  const { code, out } = await run(
    'form',
    'mau-08',
    '--inventory',
    inventory,
    '--out',
    file,
    '--date',
    '2026-12-14',
    '--json',
  );
  const said = JSON.parse(out) as { filled: { counters: { total: number } }; defects: readonly { code: string }[] };
  expect([code, said.defects.length > 0]).toEqual([1, true]);
  convert(file, 'pdf');
  const pdf = join(folder, 'bao-cao.pdf');
  const pages = spawnSync('pdfinfo', ['-f', '1', '-l', '99', pdf], { encoding: 'utf8' }).stdout;
  expect(pages).toMatch(/size:\s+595\.\d+ x 841\.\d+ pts/);
  expect(pages).toMatch(/size:\s+841\.\d+ x 595\.\d+ pts/);
  const text = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout.normalize('NFC');
  expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
  expect(text).toContain('ngày 14 tháng 12 năm 2026');
  expect(text).toContain(`thuộc phạm vi quản lý: ${String(said.filled.counters.total)};`);
  expect(text).toContain('TRANG KIỂM TRA – KHÔNG GỬI KÈM');
  expect(text).not.toMatch(/[{}]/);
});

it(
  'fills it into an XLSX that LibreOffice reads as we do, and that comes back as an inventory',
  { timeout: 240_000 },
  async () => {
    const file = join(folder, 'bang.xlsx');
    await run('form', 'mau-08', '--inventory', inventory, '--out', file, '--date', '2026-12-14');
    convert(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3');
    const csv = readFileSync(join(folder, 'bang-Phụ lục I.csv'), 'utf8');
    expect(csv).toContain('Tên HTTT,Chủ quản HTTT,Đơn vị vận hành HTTT,Cấp độ đề xuất');
    expect(csv).toContain('21/QĐ-VÍ-DỤ ngày 05/10/2026, UBND tỉnh Lai Châu');
    // The same workbook as another program saves it.
    const again = join(folder, 'again');
    mkdirSync(again);
    convert(file, 'xlsx', again);
    const outs = [join(folder, 'a.yaml'), join(folder, 'b.yaml')] as const;
    expect((await run('inventory', 'import', file, '--out', outs[0])).code).toBe(0);
    expect((await run('inventory', 'import', join(again, 'bang.xlsx'), '--out', outs[1])).code).toBe(0);
    expect(readFileSync(outs[0], 'utf8')).toMatch(/expectedApproval: '2027-03-31'/);
    expect(readFileSync(outs[0], 'utf8')).toBe(readFileSync(outs[1], 'utf8'));
    expect((await run('inventory', 'validate', outs[0])).code).toBe(0);
  },
);

it('refuses what it cannot do, with exit 2 and nothing written', async () => {
  const codes = [];
  for (const args of [
    ['mau-08', '--inventory', inventory, '--out', join(folder, 'x.pdf')],
    ['plan', '--inventory', inventory, '--out', join(folder, 'x.html')],
    ['plan', '--inventory', inventory, '--organisation', 'nobody', '--out', join(folder, 'x.html')],
    ['mau-08', '--inventory', inventory, '--date', '2026-02-30', '--out', join(folder, 'x.html')],
    ['mau-08', '--from', join(folder, 'none'), '--out', join(folder, 'x.html')],
    ['mau-08', '--inventory', inventory, '--run', 'x', '--out', join(folder, 'x.html')],
    ['mau-09', '--inventory', inventory, '--out', join(folder, 'x.html')],
    ['mau-08', '--inventory', inventory],
  ]) {
    codes.push((await run('form', ...args)).code);
  }
  expect(codes).toEqual(Array(8).fill(2));
  expect(existsSync(join(folder, 'x.html')) || existsSync(join(folder, 'x.pdf'))).toBe(false);
});

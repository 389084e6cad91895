// `npm run demo`: starts the lab of the example province on loopback, scans it as a user would, says where the report lies.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLab } from './lab.ts';

const rootFolder = fileURLToPath(new URL('../../', import.meta.url));
const english = process.argv.includes('--lang=en') || process.env['RASOAT_LANG'] === 'en';
const say = (vi: string, en: string) => {
  console.log(english ? en : vi);
};
const folder = mkdtempSync(join(tmpdir(), 'rasoat-demo-'));
const out = process.argv.find((arg) => arg.startsWith('--out='))?.slice('--out='.length) ?? 'rasoat-out';
const startedAt = performance.now();
const lab = await startLab(folder);
try {
  const here = lab.programs.length === 0 ? '' : ` (${lab.programs.join(', ')})`;
  say(`Phòng thử nghiệm đang chạy trên 127.20.0.0/16${here}.`, `The lab is up on 127.20.0.0/16${here}.`);
  rmSync(join(out, 'rasoat.sqlite'), { force: true });
  const code = await runScan();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const heard = lab.heardOutOfScope();
  say(
    `Các máy ngoài phạm vi chấp thuận nhận ${heard} kết nối. Tổng thời gian ${seconds} giây.`,
    `Machines outside the authorised scope heard ${heard} connections. ${seconds} s in all.`,
  );
  // 1 and 3 say something about the province, not about the demo.
  process.exitCode = [0, 1, 3].includes(code) && heard === 0 ? 0 : 1;
} finally {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}

function runScan(): Promise<number> {
  const inventory = join(rootFolder, 'inventory/lai-chau.example.yaml');
  const args = [
    'scan',
    '--inventory',
    inventory,
    '--out',
    out,
    '--trust',
    lab.trust,
    '--feeds',
    join(out, 'feeds'),
    '--lang',
    english ? 'en' : 'vi',
  ];
  const child = spawn(process.execPath, [join(rootFolder, 'bin/rasoat.cjs'), ...args], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? 70);
    });
  });
}

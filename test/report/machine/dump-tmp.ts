import { mkdirSync, writeFileSync } from 'node:fs';
import { exportReport } from '../../../src/report/machine/export.ts';
import { exportFormats } from '../../../src/report/machine/formats.ts';
import { fixture } from '../fixture.ts';
import { hostile } from '../hostile.ts';
import { tracked } from './tracked.ts';
const [, , out, n = '12', nasty, lang = 'vi'] = process.argv;
mkdirSync(out, { recursive: true });
let data = fixture(Number(n));
if (nasty === 'hostile') data = hostile(data);
data = tracked(data);
for (const format of exportFormats) {
  const t = performance.now();
  const form = await exportReport(data, { format, lang: lang as 'vi' });
  const bytes = form.kind === 'bytes' ? form.bytes : Buffer.from([...form.pieces].join(''));
  writeFileSync(`${out}/r.${format}`, bytes);
  console.log(format, bytes.length, Math.round(performance.now() - t), 'ms');
}

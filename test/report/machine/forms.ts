import type { ReportData } from '../../../src/model/report-data.ts';
import { exportReport, type ExportOptions } from '../../../src/report/machine/export.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { fixture } from '../fixture.ts';
import { hostile } from '../hostile.ts';
import { tracked } from './tracked.ts';

/** The invented province with lives, and the same with every word hostile. */
export const province: ReportData = tracked(fixture());
export const nasty: ReportData = tracked(hostile(fixture()));
export const sets = [
  ['the invented province', province],
  ['hostile data', nasty],
] as const;

const catalogue = loadCatalogue();

/** A form as text. */
export async function textOf(data: ReportData, options: Partial<ExportOptions> & Pick<ExportOptions, 'format'>) {
  const form = await exportReport(data, { lang: 'vi', ...options }, catalogue);
  if (form.kind !== 'text') throw new Error('not a text');
  return [...form.pieces].join('');
}

export async function bytesOf(data: ReportData, options: Partial<ExportOptions> & Pick<ExportOptions, 'format'>) {
  const form = await exportReport(data, { lang: 'vi', ...options }, catalogue);
  return form.kind === 'bytes' ? form.bytes : Buffer.from([...form.pieces].join(''));
}

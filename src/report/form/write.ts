import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { message, type Lang } from '../../model/text.ts';
import { loadCatalogue } from '../../text/catalogue.ts';
import type { FormInput } from './input.ts';
import { mau08 } from './mau-08.ts';
import type { FormKind, Paper } from './paper.ts';
import { periodic } from './periodic.ts';
import { plan } from './plan.ts';

const formats = ['.docx', '.xlsx', '.html'] as const;
type Format = (typeof formats)[number];

/** The format that a file's name asks for. Throws UserError, also for a template that the format cannot take. */
export function formatOf(file: string, template?: string): Format {
  const format = formats.find((one) => one === extname(file).toLowerCase());
  if (format === undefined) throw new UserError([{ message: message('forms.error.extension', { file }) }]);
  if (template !== undefined && format !== '.docx') {
    throw new UserError([{ message: message('forms.error.template-not-docx') }]);
  }
  return format;
}

const fill = { 'mau-08': mau08, periodic, plan } as const satisfies Record<FormKind, (input: FormInput) => Paper>;

/** Fills a form. Throws UserError for an organisation that is not there. */
export function fillForm(kind: FormKind, input: FormInput): Paper {
  return fill[kind](input);
}

/**
 * Writes a filled form to a file, for its owner only (0600), in the format of the file's name. It is made beside the file and then
 * takes its place in one step. Throws UserError for a template or a place that is no good.
 */
export async function writeForm(
  paper: Paper,
  file: string,
  options: { readonly lang: Lang; readonly template?: string },
): Promise<{ readonly bytes: number }> {
  const format = formatOf(file, options.template);
  const content = await draw(paper, format, options);
  const aside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(aside, content, { mode: 0o600, flag: 'wx' });
    await rename(aside, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    throw new UserError([{ message: message('forms.error.out-folder', { file, why: code }) }]);
  } finally {
    await rm(aside, { force: true });
  }
  return { bytes: content.length };
}

async function draw(
  paper: Paper,
  format: Format,
  { lang, template }: { readonly lang: Lang; readonly template?: string },
): Promise<Buffer> {
  const catalogue = loadCatalogue();
  switch (format) {
    case '.docx':
      return (await import('./docx.ts')).docx(paper, catalogue, lang, template);
    case '.xlsx':
      return (await import('./xlsx.ts')).xlsx(paper, catalogue, lang);
    case '.html':
      return Buffer.from((await import('./html.ts')).html(paper, catalogue, lang));
  }
}

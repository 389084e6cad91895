import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TemplateHandler } from 'easy-template-x';
import { UserError } from '../../model/errors.ts';
import { packageRoot } from '../../model/package-root.ts';
import { message, type Lang, type Message } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { checkedArchive } from './archive.ts';
import { templateData } from './docx-data.ts';
import { templateTags } from './template-tags.ts';
import type { Paper } from './paper.ts';

/** Fills a Word template: ours, or one that the office edited (`template`). Throws UserError for one that is no good. */
export async function docx(paper: Paper, catalogue: Catalogue, lang: Lang, template?: string): Promise<Buffer> {
  const file = template ?? fileURLToPath(new URL(`templates/forms/${paper.kind}.docx`, packageRoot));
  const bytes = await readTemplate(file);
  const data = templateData(paper, catalogue, lang);
  const handler = new TemplateHandler();
  const named = await handler.parseTags(bytes).catch((error: unknown) => refuse(file, broken(error)));
  const known = new Set(templateTags(paper));
  const strange = [...new Set(named.map(({ name }) => name))].filter((name) => name !== '' && !known.has(name));
  if (strange.length > 0) {
    refuse(file, message('forms.error.template-tags', { tags: strange.join(', '), known: [...known].join(', ') }));
  }
  return handler.process(bytes, data).catch((error: unknown) => refuse(file, broken(error)));
}

async function readTemplate(file: string): Promise<Buffer> {
  const bytes = await readFile(file).catch(() => refuse(file, message('forms.error.template-missing')));
  return checkedArchive(bytes, (words) => refuse(file, words));
}

function broken(error: unknown): Message {
  return message('forms.error.template-broken', { why: error instanceof Error ? error.message : String(error) });
}

function refuse(file: string, words: Message): never {
  throw new UserError([{ file, message: words }]);
}

import { readFile, stat, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseInventory } from '../inventory/read.ts';
import { readCsv } from '../inventory/import/read-csv.ts';
import { readXlsx } from '../workbook/read-xlsx.ts';
import { refuse } from '../workbook/refuse.ts';
import { skeletonOf, type Skeleton } from '../inventory/import/skeleton.ts';
import { skeletonYaml } from '../inventory/import/skeleton-yaml.ts';
import { tableLimits, type Table } from '../workbook/table.ts';
import type { FormWords } from '../inventory/import/words.ts';
import type { Lang } from '../model/text.ts';
import { dossierWords, implementationWords, inspectionWords, mau08Columns } from '../report/form/systems-annex.ts';
import { dots } from '../report/form/value.ts';
import { loadCatalogue, type Catalogue } from '../text/catalogue.ts';

export type Imported = Omit<Skeleton, 'systems'> & {
  readonly systems: Skeleton['systems'];
  /** Things that a person must fill in, marked TODO in the file. */
  readonly todo: number;
};

/**
 * Makes an inventory file of a Mẫu 08 table in .xlsx or .csv. Never writes over a file. Throws UserError for a file that is no
 * such table, before anything is written.
 */
export async function importInventory(file: string, out: string, lang: Lang): Promise<Imported> {
  const words = formWords(loadCatalogue(), lang);
  const skeleton = skeletonOf(await readTables(file), words);
  if (skeleton.sheets.length === 0) refuse(file, 'no-table');
  if (skeleton.systems.length === 0) refuse(file, 'no-systems');
  const yaml = skeletonYaml(skeleton, file.split('/').at(-1) ?? file, words);
  // What we wrote must be what we read; anything else is our bug and ends here, before the file is there.
  parseInventory(out, yaml);
  await writeFile(out, yaml, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') refuse(out, 'exists');
    if (code === '') throw error;
    refuse(out, 'unwritable', { code });
  });
  return { ...skeleton, todo: (yaml.match(/# TODO: /g) ?? []).length };
}

async function readTables(file: string): Promise<readonly Table[]> {
  const kind = extname(file).toLowerCase();
  if (kind !== '.xlsx' && kind !== '.csv') refuse(file, 'extension');
  const bytes = await readWhole(file);
  return kind === '.xlsx' ? readXlsx(bytes, file) : readCsv(bytes, file);
}

async function readWhole(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => refuse(file, 'missing'));
  if (!found.isFile()) refuse(file, 'missing');
  if (found.size > tableLimits.fileBytes) refuse(file, 'too-large');
  return readFile(file).catch(() => refuse(file, 'missing'));
}

function formWords(catalogue: Catalogue, lang: Lang): FormWords {
  const told = <Key extends string>(keys: Readonly<Record<Key, string>>) =>
    Object.fromEntries(Object.entries<string>(keys).map(([key, word]) => [key, catalogue.say('vi', word)])) as Record<
      Key,
      string
    >;
  return {
    heads: mau08Columns.map(({ head }) => catalogue.say('vi', head)),
    dossier: told(dossierWords),
    implementation: told(implementationWords),
    inspection: told(inspectionWords),
    blank: dots,
    say: (key, params) => catalogue.say(lang, `forms.import.${key}`, params),
  };
}

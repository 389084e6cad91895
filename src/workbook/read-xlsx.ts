import { UserError } from '../model/errors.ts';
import { reasonOf, refuse } from './refuse.ts';
import { clean, tableLimits, type Table } from './table.ts';
import { workbookParts } from './xlsx-parts.ts';
import { sharedStrings, sheetRows, type Book } from './xlsx-sheet.ts';
import { dayStyles } from './xlsx-styles.ts';
import { readXml } from './xml.ts';

/**
 * The values of a workbook, sheet by sheet: no formula is evaluated, nothing outside is asked. Throws UserError for a file that
 * is no workbook or is too large.
 */
export async function readXlsx(bytes: Buffer, file: string): Promise<readonly Table[]> {
  const parts = await workbookParts(bytes, file);
  try {
    const { sheets, from1904 } = workbook(parts.get('xl/workbook.xml') ?? '');
    if (sheets.length > tableLimits.sheets) refuse(file, 'too-large');
    const targets = relations(parts.get('xl/_rels/workbook.xml.rels'));
    const book: Book = {
      strings: sharedStrings(parts.get('xl/sharedStrings.xml')),
      days: dayStyles(parts.get('xl/styles.xml')),
      from1904,
      file,
      left: tableLimits.cells,
    };
    return sheets.flatMap(({ name, id }) => {
      const source = parts.get(targets.get(id) ?? '');
      return source === undefined ? [] : [{ sheet: name, rows: sheetRows(source, book) }];
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    return refuse(file, 'not-xlsx', { reason: reasonOf(error) });
  }
}

function workbook(source: string): {
  readonly sheets: readonly { readonly name: string; readonly id: string }[];
  readonly from1904: boolean;
} {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  readXml(source, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? '';
      sheets.push({ name: clean(attributes['name'] ?? '').slice(0, 100), id });
    },
  });
  return { sheets, from1904 };
}

/** Paths inside the zip, by id of the relation. */
function relations(source: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (source === undefined) return found;
  readXml(source, {
    open: (name, attributes) => {
      const target = attributes['Target'];
      if (name !== 'Relationship' || target === undefined) return;
      found.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return found;
}

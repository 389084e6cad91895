import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';

/** A sheet and the size of the table that its filter spans; no rows: none. */
export type FilteredSheet = { readonly name: string; readonly rows: number; readonly columns: number };

/** What write-excel-file does not set by itself: filters in the head row, and A4 across, as wide as one page. */
export function filters(sheets: readonly FilteredSheet[]): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': { transform: (content) => withFilter(content) },
        'xl/workbook.xml': { transform: (content) => withNames(content, sheets) },
      },
    },
  };
}

/** CT_Worksheet is a sequence: autoFilter behind sheetData, the page's set-up behind that. Only sheets with a frozen head. */
function withFilter(content: string): string {
  const page = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  const fitted = content
    .replace(/<pageSetup[^>]*\/>/, '')
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  const at =
    /<(?:headerFooter|drawing|legacyDrawing|tableParts|extLst)\b|<\/worksheet>/.exec(fitted)?.index ?? fitted.length;
  const paged = fitted.slice(0, at) + page + fitted.slice(at);
  if (!paged.includes('state="frozen"')) return paged;
  const last = paged.lastIndexOf('<row r="') + '<row r="'.length;
  const rows = /^\d+/.exec(paged.slice(last, last + 10))?.[0] ?? '1';
  return paged.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${headColumns(paged)}${rows}"/>`);
}

/** Letters of the last cell of the first row. */
function headColumns(content: string): string {
  const first = content.slice(content.indexOf('<row '), content.indexOf('</row>'));
  return [...first.matchAll(/<c r="([A-Z]+)1"/g)].at(-1)?.[1] ?? 'A';
}

/** The name under which Excel keeps a filter's range. */
function withNames(content: string, sheets: readonly FilteredSheet[]): string {
  const names = sheets.flatMap(({ name, rows, columns }, at) => {
    if (rows === 0) return [];
    const range = `'${name.replaceAll("'", "''")}'!$A$1:$${letters(columns)}$${String(rows)}`;
    return [`<definedName name="_xlnm._FilterDatabase" localSheetId="${String(at)}" hidden="1">${range}</definedName>`];
  });
  const bare = content.replace(/<definedNames\s*\/>|<definedNames>.*?<\/definedNames>/s, '');
  return bare.replace('</sheets>', (end) => `${end}<definedNames>${names.join('')}</definedNames>`);
}

/** A, B … Z, AA … of a column counted from one. */
function letters(column: number): string {
  const rest = column - 1;
  const last = String.fromCharCode(65 + (rest % 26));
  return rest < 26 ? last : letters(Math.floor(rest / 26)) + last;
}

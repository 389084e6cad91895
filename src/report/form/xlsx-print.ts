import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';

/** How one sheet is printed. */
export type PrintedSheet = { readonly name: string; readonly head: number; readonly landscape: boolean };

/**
 * What write-excel-file does not set by itself: A4, as wide as one page and as long as it takes, the margins of Decree 30 (in
 * inches), the page number at the top, and head rows on every page.
 */
export function printSetup(sheets: readonly PrintedSheet[]): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, options) => printedSheet(content, options.orientation === 'landscape'),
        },
        'xl/workbook.xml': { transform: (content) => withTitles(content, sheets) },
      },
    },
  };
}

const margins = '<pageMargins left="1.18" right="0.79" top="0.79" bottom="0.79" header="0.4" footer="0.4"/>';

function printedSheet(content: string, landscape: boolean): string {
  const page = `<pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>`;
  const header = '<headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter>';
  const bare = content.replace(/<pageSetup[^>]*\/>/, '').replace(/<pageMargins[^>]*\/>/, '');
  const fitted = bare.replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  // CT_Worksheet is a sequence: these three stand in this order behind sheetData and mergeCells, before drawings.
  const at = /<(?:drawing|legacyDrawing|tableParts|extLst)\b|<\/worksheet>/.exec(fitted)?.index ?? fitted.length;
  return fitted.slice(0, at) + margins + page + header + fitted.slice(at);
}

function withTitles(content: string, sheets: readonly PrintedSheet[]): string {
  const names = sheets.flatMap(({ name, head }, at) =>
    head === 0
      ? []
      : [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${String(at)}">'${name}'!$1:$${String(head)}</definedName>`,
        ],
  );
  if (names.length === 0) return content;
  const bare = content.replace(/<definedNames\s*\/>|<definedNames>.*?<\/definedNames>/s, '');
  return bare.replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`);
}

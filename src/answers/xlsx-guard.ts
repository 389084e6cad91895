import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';

/** One rule of what a cell takes, as CT_DataValidation (ECMA-376 part 1, 18.3.1.32) has it. */
export type CellRule = {
  readonly cells: readonly string[];
  readonly type: 'list' | 'date' | 'textLength';
  readonly operator?: 'between' | 'lessThanOrEqual';
  readonly formulas: readonly string[];
  readonly prompt: { readonly title: string; readonly text: string };
  readonly error: { readonly title: string; readonly text: string };
};

/** How one sheet is guarded and printed. */
export type GuardedSheet = {
  readonly name: string;
  readonly rules: readonly CellRule[];
  /** Head rows on every page, and pages that its columns may take. */
  readonly head: number;
  readonly pagesWide: number;
  readonly landscape: boolean;
};

/**
 * What write-excel-file does not set: locked sheets (without a password: a guard against slips, the row codes are the guard against
 * the rest) whose cells of one fill stay open, drop-downs and rules of cells, A4 print. Works on the XML of its parts, where
 * CT_Worksheet fixes the order of elements.
 */
export function guard(sheets: readonly GuardedSheet[], openFill: string): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/styles.xml': { transform: (content) => unlock(content, openFill) },
        'xl/workbook.xml': { transform: (content) => withTitles(content, sheets) },
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, _options, { sheetIndex }) => {
            const sheet = sheets[sheetIndex];
            return sheet === undefined ? content : guarded(content, sheet);
          },
        },
      },
    },
  };
}

/** Cells with the fill of what is to be filled in are open; all others are locked by default. */
function unlock(styles: string, fill: string): string {
  const fills = [...styles.matchAll(/<fill>.*?<\/fill>/gs)].map(([one]) => one);
  const id = fills.findIndex((one) => one.toUpperCase().includes(`"FF${fill.slice(1).toUpperCase()}"`));
  if (id < 0) return styles;
  return styles.replace(/<xf ([^>]*)>(.*?)<\/xf>/gs, (whole, attributes: string, inner: string) =>
    attributes.includes(`fillId="${String(id)}"`)
      ? `<xf ${attributes} applyProtection="1">${inner}<protection locked="0"/></xf>`
      : whole,
  );
}

const protection =
  '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="1" formatColumns="0" formatRows="0"/>';
const margins = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.25" footer="0.25"/>';

function guarded(content: string, { rules, pagesWide, landscape }: GuardedSheet): string {
  const page = `<pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="${String(pagesWide)}" fitToHeight="0"/>`;
  const header = '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>';
  const bare = content.replace(/<pageSetup[^>]*\/>/, '').replace(/<pageMargins[^>]*\/>/, '');
  const locked = bare
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(/<\/sheetData>|<sheetData\/>/, (end) => `${end}${protection}`);
  const at = /<(?:drawing|legacyDrawing|tableParts|extLst)\b|<\/worksheet>/.exec(locked)?.index ?? locked.length;
  return locked.slice(0, at) + validations(rules) + margins + page + header + locked.slice(at);
}

function validations(rules: readonly CellRule[]): string {
  const all = rules.filter(({ cells }) => cells.length > 0);
  if (all.length === 0) return '';
  return `<dataValidations count="${String(all.length)}">${all.map(validation).join('')}</dataValidations>`;
}

/** Titles of at most 32 characters and texts of at most 255 are what programs take. */
function validation({ cells, type, operator, formulas, prompt, error }: CellRule): string {
  const attributes = {
    type,
    ...(operator === undefined ? {} : { operator }),
    errorStyle: 'stop',
    allowBlank: '1',
    showInputMessage: '1',
    showErrorMessage: '1',
    errorTitle: error.title.slice(0, 32),
    error: error.text.slice(0, 255),
    promptTitle: prompt.title.slice(0, 32),
    prompt: prompt.text.slice(0, 255),
    sqref: cells.join(' '),
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  const told = formulas.map((one, at) => `<formula${String(at + 1)}>${escaped(one)}</formula${String(at + 1)}>`);
  return `<dataValidation ${written.join(' ')}>${told.join('')}</dataValidation>`;
}

function withTitles(content: string, sheets: readonly GuardedSheet[]): string {
  const names = sheets.flatMap(({ name, head, pagesWide }, at) => {
    if (head === 0) return [];
    const sheet = `'${escaped(name.replaceAll("'", "''"))}'`;
    const titles = `${pagesWide > 1 ? `${sheet}!$A:$A,` : ''}${sheet}!$${String(head)}:$${String(head)}`;
    return [`<definedName name="_xlnm.Print_Titles" localSheetId="${String(at)}">${titles}</definedName>`];
  });
  if (names.length === 0) return content;
  const bare = content.replace(/<definedNames\s*\/>|<definedNames>.*?<\/definedNames>/s, '');
  return bare.replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');

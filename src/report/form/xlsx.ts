import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { Lang } from '../../model/text.ts';
import { cellText } from '../../workbook/cell-text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { coverWords } from './cover-words.ts';
import { capitals, frameOf } from './frame.ts';
import type { Annex, Block, Column, Paper, Sentence, Value } from './paper.ts';
import { printSetup, type PrintedSheet } from './xlsx-print.ts';
import { sentenceText, valueText } from './tell.ts';

type Cell = NonNullable<SheetData[number][number]> | null;
type Style = Readonly<Record<string, unknown>>;
type Sheet = {
  readonly sheet: string;
  readonly data: SheetData;
  readonly columns: { readonly width: number }[];
  readonly landscape: boolean;
  /** Rows that stay in sight and are printed on every page. */
  readonly head: number;
};

const font = { fontFamily: 'Times New Roman', fontSize: 12 } as const;
const wrap = { wrap: true, alignVertical: 'top' } as const;
/** Characters that a line over the whole sheet holds, with some to spare. */
const bodyWidth = 92;
const annexWidth = 140;
const coverWidths = [6, 36, 70];
const boxed = { borderStyle: 'thin', borderColor: '#000000' } as const;

/** A workbook: the check page, the paper, one sheet an annex. Every cell has a type, so no text is ever a formula. */
export async function xlsx(paper: Paper, catalogue: Catalogue, lang: Lang): Promise<Buffer> {
  const sheets: readonly Sheet[] = [
    coverSheet(paper, catalogue, lang),
    bodySheet(paper, catalogue),
    ...paper.annexes.map((annex) => annexSheet(annex, paper, catalogue)),
  ];
  const printed: readonly PrintedSheet[] = sheets.map(({ sheet, head, landscape }) => ({
    name: sheet,
    head,
    landscape,
  }));
  return writeExcelFile(
    sheets.map(({ sheet, data, columns, head, landscape }) => ({
      sheet,
      data,
      columns,
      showGridLines: false,
      ...(head > 0 ? { stickyRowsCount: head } : {}),
      ...(landscape ? { orientation: 'landscape' as const } : {}),
    })),
    { ...font, features: [printSetup(printed)] },
  ).toBuffer();
}

function coverSheet(paper: Paper, catalogue: Catalogue, lang: Lang): Sheet {
  const words = coverWords(paper.cover, catalogue, lang);
  const rows: SheetData = [
    wide(text(words.title, { fontWeight: 'bold', fontSize: 14 }), 3, 100),
    wide(text(words.under, { fontStyle: 'italic' }), 3, 100),
    ...words.facts.map((one) => wide(text(one), 3, 100)),
    [],
    wide(text(words.defectsTitle, { fontWeight: 'bold' }), 3, 100),
    ...(words.defects.length === 0
      ? []
      : [
          [catalogue.say(lang, 'forms.mau-08.col-1'), words.about, words.what].map((head) =>
            text(head, { ...boxed, fontWeight: 'bold', align: 'center' }),
          ),
        ]),
    ...words.defects.map((defect, at) =>
      grown([number(at + 1, boxed), text(defect.about, boxed), text(defect.text, boxed)], coverWidths),
    ),
    [],
    wide(text(words.notesTitle, { fontWeight: 'bold' }), 3, 100),
    ...words.notes.map((one) => wide(text(one), 3, 100)),
  ];
  return {
    sheet: catalogue.say(lang, 'forms.cover.sheet'),
    data: rows,
    columns: coverWidths.map((width) => ({ width })),
    landscape: false,
    head: 0,
  };
}

function bodySheet(paper: Paper, catalogue: Catalogue): Sheet {
  const frame = frameOf(paper);
  const tell = (words: Sentence) => sentenceText(catalogue, words);
  const bold = { fontWeight: 'bold', align: 'center' };
  // As many columns as the widest table has; text runs over all of them.
  const tables = paper.body.flatMap((block) => (block.kind === 'table' ? [block.columns] : []));
  const across = Math.max(4, ...tables.map(({ length }) => length));
  const widths = Array.from({ length: across }, () => Math.floor(96 / across));
  const left = Math.floor(across / 2);
  const pair = (one: Cell, other: Cell) => [...wide(one, left, 40), ...wide(other, across - left, 44)];
  const rows: SheetData = [
    pair(text(capitals(catalogue, paper.parent), { align: 'center' }), text(tell(frame.nation), bold)),
    pair(text(capitals(catalogue, paper.organisation), bold), text(tell(frame.motto), bold)),
    pair(
      text(tell(frame.number), { align: 'center' }),
      text(tell(frame.placeDate), { fontStyle: 'italic', align: 'center' }),
    ),
    ...(paper.title === null ? [pair(text(tell(paper.subject), { align: 'center' }), null)] : []),
    pair(text(frame.marks.map(tell).join(' – '), bold), null),
    [],
    ...(paper.title === null
      ? []
      : [
          wide(text(tell(paper.title), bold), across, bodyWidth),
          wide(text(tell(paper.subject), bold), across, bodyWidth),
        ]),
    ...(frame.to === null ? [] : [wide(text(tell(frame.to), { align: 'center' }), across, bodyWidth), []]),
    ...paper.body.flatMap((block) => blockRows(block, catalogue, widths, bodyWidth)),
    [],
    ...frame.signature.map((words, at) =>
      pair(
        text(at === 0 ? tell({ key: 'forms.recipients', values: {} }) : frame.recipients.map(tell).join('\n')),
        text(tell(words), at === 0 ? bold : { fontStyle: 'italic', align: 'center' }),
      ),
    ),
  ];
  return {
    sheet: catalogue.say('vi', 'forms.cover.sheet-body'),
    data: rows,
    columns: widths.map((width) => ({ width })),
    landscape: false,
    head: 0,
  };
}

function annexSheet(annex: Annex, paper: Paper, catalogue: Catalogue): Sheet {
  const table = annex.blocks.find((block) => block.kind === 'table');
  const columns = table?.kind === 'table' ? table.columns : [];
  const across = Math.max(1, columns.length);
  const widths = columns.map(({ width }) => charactersOf(width));
  const tell = (words: Sentence) => sentenceText(catalogue, words);
  const centre = { align: 'center' } as const;
  const top: SheetData = [
    wide(text(tell(annex.label), { ...centre, fontWeight: 'bold' }), across, annexWidth),
    wide(text(tell(annex.name), { ...centre, fontWeight: 'bold' }), across, annexWidth),
    wide(text(tell(frameOf(paper).annexOf), { ...centre, fontStyle: 'italic' }), across, annexWidth),
  ];
  const numbered = table?.kind === 'table' && table.numbered === true;
  return {
    sheet: tell(annex.label),
    data: [...top, ...annex.blocks.flatMap((block) => blockRows(block, catalogue, widths, annexWidth))],
    columns: widths.map((width) => ({ width })),
    landscape: annex.landscape,
    head: top.length + (numbered ? 2 : 1),
  };
}

function blockRows(block: Block, catalogue: Catalogue, widths: readonly number[], characters: number): SheetData {
  switch (block.kind) {
    case 'each':
      return block.items.flatMap((item) => item.flatMap((one) => blockRows(one, catalogue, widths, characters)));
    case 'table': {
      const head = { ...boxed, align: 'center', fontWeight: 'bold' };
      return [
        grown(
          block.columns.map((column) => text(catalogue.say('vi', column.head), { ...head, alignVertical: 'center' })),
          widths,
        ),
        ...(block.numbered === true ? [block.columns.map((_, at) => text(`(${String(at + 1)})`, head))] : []),
        ...block.rows.map((row) =>
          grown(
            block.columns.map((column) => valueCell(row[column.tag] ?? null, column, catalogue)),
            widths,
          ),
        ),
      ];
    }
    case 'heading':
    case 'subheading':
    case 'line':
    case 'remark': {
      const style = {
        heading: { fontWeight: 'bold' },
        subheading: { fontWeight: 'bold' },
        line: {},
        remark: { fontStyle: 'italic' },
      }[block.kind];
      return [wide(text(sentenceText(catalogue, block.words), style), widths.length, characters)];
    }
  }
}

function valueCell(value: Value, { align = 'left' }: Column, catalogue: Catalogue): Cell {
  const style = { ...boxed, align };
  if (typeof value === 'number') return number(value, style);
  if (value !== null && typeof value === 'object' && 'day' in value) {
    return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy', ...wrap, ...style };
  }
  return text(valueText(catalogue, value), style);
}

/** `@` is the format "text": nothing that a cell says is read as a number, a date or a formula. */
function text(value: string, style: Style = {}): Cell {
  return { value: cellText(value), type: String, format: '@', ...wrap, ...style };
}

function number(value: number, style: Style = {}): Cell {
  return { value, type: Number, ...wrap, align: 'center', ...style };
}

/** Characters that a column of so many millimetres holds. */
const charactersOf = (millimetres: number) => Math.round(millimetres * 0.62);

/** A row as high as its longest cell needs: not every program works that out when it opens a file. */
function grown(cells: readonly Cell[], widths: readonly number[]): Cell[] {
  const lines = cells.map((cell, at) => linesOf(cell, widths[at] ?? 10));
  const height = Math.round(Math.max(1, ...lines) * font.fontSize * 1.35);
  return cells.map((cell, at) => (at === 0 && cell !== null ? { ...(cell as object), height } : cell));
}

/** Lines of a text in a cell, broken between words as programs break it. */
function linesOf(cell: Cell, characters: number): number {
  const { value } = (cell ?? {}) as { readonly value?: unknown };
  if (typeof value !== 'string') return 1;
  return value.split('\n').reduce((sum, paragraph) => {
    let lines = 1;
    let used = 0;
    for (const word of paragraph.split(' ')) {
      const next = used === 0 ? word.length : used + 1 + word.length;
      if (used > 0 && next > characters) {
        lines += 1;
        used = word.length;
      } else used = next;
      lines += Math.floor(Math.max(0, used - 1) / characters);
      used = used > characters ? used % characters : used;
    }
    return sum + lines;
  }, 0);
}

/** One cell over several columns; the places that it covers are null. */
function span(cell: Cell, columns: number): Cell[] {
  if (columns < 2 || cell === null) return [cell, ...Array<null>(columns - 1).fill(null)];
  return [{ ...(cell as object), columnSpan: columns }, ...Array<null>(columns - 1).fill(null)];
}

/** A text over all columns. Rows do not grow with merged cells, so the height is worked out: some 15 points a line. */
function wide(cell: Cell, columns: number, characters: number): Cell[] {
  const { fontSize = font.fontSize } = (cell ?? {}) as { readonly fontSize?: number };
  const lines = linesOf(cell, characters);
  const height = Math.round(lines * fontSize * 1.35);
  return span(lines > 1 ? { ...(cell as object), height } : cell, columns);
}

import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { Lang } from '../../model/text.ts';
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
    wide(text(words.title, { fontWeight: 'bold', fontSize: 14 }), 3),
    wide(text(words.under, { fontStyle: 'italic' }), 3),
    ...words.facts.map((one) => wide(text(one), 3)),
    [],
    wide(text(words.defectsTitle, { fontWeight: 'bold' }), 3),
    ...(words.defects.length === 0
      ? []
      : [
          [catalogue.say(lang, 'forms.mau-08.col-1'), words.about, words.what].map((head) =>
            text(head, { ...boxed, fontWeight: 'bold', align: 'center' }),
          ),
        ]),
    ...words.defects.map((defect, at) => [number(at + 1, boxed), text(defect.about, boxed), text(defect.text, boxed)]),
    [],
    wide(text(words.notesTitle, { fontWeight: 'bold' }), 3),
    ...words.notes.map((one) => wide(text(one), 3)),
  ];
  return {
    sheet: catalogue.say(lang, 'forms.cover.sheet'),
    data: rows,
    columns: [{ width: 6 }, { width: 36 }, { width: 70 }],
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
  const left = Math.floor(across / 2);
  const pair = (one: Cell, other: Cell) => [...span(one, left), ...span(other, across - left)];
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
      : [wide(text(tell(paper.title), bold), across), wide(text(tell(paper.subject), bold), across)]),
    ...(frame.to === null ? [] : [wide(text(tell(frame.to), { align: 'center' }), across), []]),
    ...paper.body.flatMap((block) => blockRows(block, catalogue, across)),
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
    columns: Array.from({ length: across }, () => ({ width: Math.floor(96 / across) })),
    landscape: false,
    head: 0,
  };
}

function annexSheet(annex: Annex, paper: Paper, catalogue: Catalogue): Sheet {
  const table = annex.blocks.find((block) => block.kind === 'table');
  const columns = table?.kind === 'table' ? table.columns : [];
  const across = Math.max(1, columns.length);
  const tell = (words: Sentence) => sentenceText(catalogue, words);
  const centre = { align: 'center' } as const;
  const top: SheetData = [
    wide(text(tell(annex.label), { ...centre, fontWeight: 'bold' }), across),
    wide(text(tell(annex.name), { ...centre, fontWeight: 'bold' }), across),
    wide(text(tell(frameOf(paper).annexOf), { ...centre, fontStyle: 'italic' }), across),
  ];
  const numbered = table?.kind === 'table' && table.numbered === true;
  return {
    sheet: tell(annex.label),
    data: [...top, ...annex.blocks.flatMap((block) => blockRows(block, catalogue, across))],
    columns: columns.map(({ width }) => ({ width: Math.round(width * 0.62) })),
    landscape: annex.landscape,
    head: top.length + (numbered ? 2 : 1),
  };
}

function blockRows(block: Block, catalogue: Catalogue, across: number): SheetData {
  switch (block.kind) {
    case 'each':
      return block.items.flatMap((item) => item.flatMap((one) => blockRows(one, catalogue, across)));
    case 'table': {
      const head = { ...boxed, align: 'center', fontWeight: 'bold' };
      return [
        block.columns.map((column) => text(catalogue.say('vi', column.head), { ...head, alignVertical: 'center' })),
        ...(block.numbered === true ? [block.columns.map((_, at) => text(`(${String(at + 1)})`, head))] : []),
        ...block.rows.map((row) =>
          block.columns.map((column) => valueCell(row[column.tag] ?? null, column, catalogue)),
        ),
      ];
    }
    default: {
      const style = {
        heading: { fontWeight: 'bold' },
        subheading: { fontWeight: 'bold' },
        line: {},
        remark: { fontStyle: 'italic' },
      }[block.kind];
      return [wide(text(sentenceText(catalogue, block.words), style), across)];
    }
  }
}

function valueCell(value: Value, { align = 'left' }: Column, catalogue: Catalogue): Cell {
  const style = { ...boxed, align };
  if (typeof value === 'number') return number(value, style);
  if (value !== null && typeof value === 'object' && 'day' in value) {
    return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy', ...wrap, ...style } as Cell;
  }
  return text(valueText(catalogue, value), style);
}

/** `@` is the format "text": nothing that a cell says is read as a number, a date or a formula. */
function text(value: string, style: Style = {}): Cell {
  return { value, type: String, format: '@', ...wrap, ...style } as Cell;
}

function number(value: number, style: Style = {}): Cell {
  return { value, type: Number, ...wrap, align: 'center', ...style } as Cell;
}

/** One cell over several columns; the places that it covers are null. */
function span(cell: Cell, columns: number): Cell[] {
  if (columns < 2 || cell === null) return [cell, ...Array<null>(columns - 1).fill(null)];
  return [{ ...(cell as object), columnSpan: columns } as Cell, ...Array<null>(columns - 1).fill(null)];
}

function wide(cell: Cell, columns: number): Cell[] {
  return span(cell, columns);
}

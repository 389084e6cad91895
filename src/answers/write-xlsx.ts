import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { cellText } from '../workbook/cell-text.ts';
import { languages } from '../model/text.ts';
import { answerColumns, columns, dayColumns, shownColumns, type Column } from './columns.ts';
import { shownText } from './digest.ts';
import { sheetFormat, type Say, type Sheet, type SheetRow } from './sheet.ts';
import { answerWords } from './words.ts';
import { guard } from './xlsx-guard.ts';
import { cellRules } from './xlsx-rules.ts';

type Cell = NonNullable<SheetData[number][number]> | null;
type Style = Readonly<Record<string, unknown>>;

const font = { fontFamily: 'Times New Roman', fontSize: 12 } as const;
/** The fill of cells that are to be filled in; the guard opens them by it. */
const openFill = '#FFF8DC';
const shownFill = '#F2F4F7';
const boxed = { borderStyle: 'thin', borderColor: '#98A2B3' } as const;
/** Rows above the findings: title, what to do, two groups of columns, heads. */
const headRows = 4;

const widths: Readonly<Record<Column, number>> = {
  finding: 19,
  system: 24,
  endpoint: 30,
  wrong: 46,
  fix: 28,
  severity: 13,
  due: 12,
  because: 34,
  state: 20,
  answer: 25,
  fixedOn: 13,
  person: 22,
  documentNumber: 18,
  documentDate: 13,
  reason: 34,
  until: 13,
  evidence: 26,
  note: 28,
  code: 19,
};

/**
 * A workbook of three sheets: the findings with their drop-downs, how to answer (the file's language first), which sheet it is. Every
 * cell has a type, so no text is ever a formula.
 */
export async function writeXlsx(sheet: Sheet, say: Say): Promise<Buffer> {
  const tell = (key: string, params?: Record<string, string | number>) => say(sheet.lang, key, params);
  const names = ['answers', 'guide', 'identity'].map((one) => tell(`answers.sheet.${one}`));
  const [answers = '', guide = '', identity = ''] = names;
  const plain = { rules: [], head: 0, pagesWide: 1, landscape: false };
  return writeExcelFile(
    [
      {
        sheet: answers,
        data: answerRows(sheet, tell),
        columns: columns.map((column) => ({ width: widths[column] })),
        stickyRowsCount: headRows,
        stickyColumnsCount: 1,
        orientation: 'landscape' as const,
        showGridLines: false,
      },
      { sheet: guide, data: guideRows(sheet, say), columns: [{ width: 30 }, { width: 92 }], showGridLines: false },
      { sheet: identity, data: identityRows(sheet, tell), columns: [{ width: 18 }, { width: 84 }, { width: 44 }] },
    ],
    {
      ...font,
      features: [
        guard(
          [
            { name: answers, rules: cellRules(sheet, headRows, tell), head: headRows, pagesWide: 2, landscape: true },
            { name: guide, ...plain },
            { name: identity, ...plain, landscape: true },
          ],
          openFill,
        ),
      ],
    },
  ).toBuffer();
}

type Tell = (key: string, params?: Record<string, string | number>) => string;

function answerRows(sheet: Sheet, tell: Tell): SheetData {
  const { rows } = sheet;
  const organisation = shownText(sheet.organisationName, 300);
  const on = sheet.day.split('-').reverse().join('/');
  const open = rows.filter(({ closed }) => !closed).length;
  const group = (key: string, span: number, fill: string): Cell[] => [
    text(tell(key), { ...boxed, ...bold, align: 'center', backgroundColor: fill, columnSpan: span }),
    ...Array<null>(span - 1).fill(null),
  ];
  return [
    // Beside the first column, which is printed on both pages.
    [null, text(tell('answers.title', { organisation }), { ...bold, fontSize: 14, wrap: false, height: 24 })],
    [
      null,
      text(`${tell('answers.intro', { on, open, closed: rows.length - open })} ${tell('answers.see-guide')}`, {
        wrap: false,
        height: 22,
      }),
    ],
    [
      ...group('answers.group.shown', shownColumns.length, '#D0D5DD'),
      ...group('answers.group.answer', answerColumns.length, '#F5DF9A'),
      text('', { ...boxed, backgroundColor: '#D0D5DD', height: 20 }),
    ],
    columns.map((column) =>
      text(tell(`answers.column.${column}`), {
        ...boxed,
        ...bold,
        align: 'center',
        alignVertical: 'center',
        height: 50,
        backgroundColor: isAnswer(column) ? '#F5DF9A' : '#D0D5DD',
      }),
    ),
    ...rows.map((row) => columns.map((column, at) => cellOf(row, column, at === 0 ? { height: heightOf(row) } : {}))),
  ];
}

const bold = { fontWeight: 'bold' } as const;
const isAnswer = (column: Column) => answerColumns.some((one) => one === column);

const lineHeight = 16.5;

/** Room for the longest text of a row, and for two lines of an answer: programs do not work that out for a locked sheet. */
function heightOf({ shown }: SheetRow): number {
  const lines = shownColumns.map((column) => linesOf(shown[column], widths[column] - 1));
  return Math.max(2, ...lines) * lineHeight;
}

/** Lines of a text that is broken between words, and within what is longer than a line. */
function linesOf(text: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of text.split(' ')) {
    const next = used === 0 ? length : used + 1 + length;
    if (next <= width) used = next;
    else {
      if (used > 0) lines += 1;
      lines += Math.floor(Math.max(0, length - 1) / width);
      used = length % width;
    }
  }
  return lines;
}

function cellOf(row: SheetRow, column: Column, place: Style): Cell {
  if (column === 'code') return text(row.code, { ...boxed, backgroundColor: shownFill, textColor: '#667085' });
  if (isAnswer(column)) {
    const style = { ...boxed, backgroundColor: row.closed ? shownFill : openFill };
    return dayColumns.has(column) ? day(undefined, style) : text('', style);
  }
  const value = row.shown[column as keyof typeof row.shown];
  const style = { ...boxed, ...place, backgroundColor: shownFill, ...(row.closed ? { textColor: '#475467' } : {}) };
  return dayColumns.has(column) ? day(value === '' ? undefined : value, style) : text(value, style);
}

function guideRows({ lang }: Sheet, say: Say): SheetData {
  const order = [lang, ...languages.filter((one) => one !== lang)];
  return order.flatMap((one, at): SheetData => {
    const tell: Tell = (key, params) => say(one, key, params);
    const pair = (head: string, words: string): Cell[] => {
      const height = Math.max(linesOf(head, 28), linesOf(words, 104)) * lineHeight + 3;
      return [text(head, { ...boxed, ...bold, height }), text(words, boxed)];
    };
    const wide = (words: string, style: Style = {}): Cell[] => [text(words, { height: 20, ...style, wrap: false })];
    return [
      ...(at === 0 ? [] : [[], []]),
      wide(tell('answers.guide.title'), { ...bold, fontSize: 14, height: 26 }),
      ...steps.map((step) => wide(tell(`answers.guide.${step}`))),
      [],
      wide(tell('answers.guide.answers'), bold),
      ...answerWords.map((word) => pair(tell(`answers.answer.${word}`), tell(`answers.guide.answer.${word}`))),
      [],
      wide(tell('answers.guide.columns'), bold),
      ...answerColumns
        .filter((column) => column !== 'answer')
        .map((column) => pair(tell(`answers.column.${column}`), tell(`answers.guide.column.${column}`))),
    ];
  });
}
const steps = ['fill', 'locked', 'fixed', 'waiver', 'return'] as const;

function identityRows({ identity }: Sheet, tell: Tell): SheetData {
  const { sheet, organisation, run, head, at } = identity;
  const rows = Object.entries({ format: sheetFormat, sheet, organisation, run, head, at });
  return rows.map(([key, value]) => [text(key, { height: 20 }), text(value), text(tell(`answers.identity.${key}`))]);
}

/** `@` is the format "text": nothing that a cell says, and nothing typed into it, is read as a number or a formula. */
function text(value: string, style: Style = {}): Cell {
  const empty = { type: String, format: '@', wrap: true, alignVertical: 'top' as const, ...style };
  return value === '' ? empty : { value: cellText(value), ...empty };
}

function day(value: string | undefined, style: Style): Cell {
  const empty = { type: Date, format: 'dd/mm/yyyy', alignVertical: 'top' as const, align: 'center' as const, ...style };
  return value === undefined ? empty : { value: new Date(`${value}T00:00:00Z`), ...empty };
}

import { message, type Message } from '../model/text.ts';
import { dayValue } from '../workbook/day-value.ts';
import { cellText } from '../workbook/table.ts';
import { answerColumns, dayColumns, longest, type AnswerColumn, type Column } from './columns.ts';
import type { ReadRow } from './sheet.ts';
import type { AnswerWord } from './words.ts';

/** An answer as it was written; days are `YYYY-MM-DD`. */
export type Answer = {
  /** `null`: evidence alone. */
  readonly answer: AnswerWord | null;
  readonly fixedOn?: string;
  readonly person?: string;
  /** `12/CV-SYT ngày 20/11/2026`. */
  readonly document?: string;
  readonly documentDate?: string;
  readonly reason?: string;
  readonly until?: string;
  /** Names of files or of documents. */
  readonly evidence: readonly string[];
  readonly note?: string;
};

/** Why something of a row is not taken. */
export type Refusal = { readonly column?: Column; readonly message: Message };

/** Pieces of evidence that one answer may name. */
const mostEvidence = 10;

/**
 * What a row's cells say; `undefined` where all are blank. Nothing is judged but that each cell can be read. Pure.
 */
export function readAnswer(
  { cells }: Pick<ReadRow, 'cells'>,
  wordOf: (text: string) => AnswerWord | undefined,
): { readonly answer: Answer } | { readonly refusals: readonly Refusal[] } | undefined {
  if (answerColumns.every((column) => cells[column] === undefined)) return undefined;
  const refusals: Refusal[] = [];
  const refuse = (column: AnswerColumn, key: string, params?: Record<string, string | number>) => {
    refusals.push({ column, message: message(`answers.refused.${key}`, params) });
  };
  const read: Partial<Record<AnswerColumn, string>> = {};
  for (const column of answerColumns) {
    const cell = cells[column];
    if (cell === undefined) continue;
    const text = cellText(cell);
    if (cell.kind === 'error') refuse(column, 'error-cell', { text: text.slice(0, 30) });
    else if (text.length > longest[column]) refuse(column, 'too-long', { most: longest[column] });
    else if (dayColumns.has(column)) {
      const day = dayValue(cell);
      if (day === undefined) refuse(column, 'bad-day', { day: text.slice(0, 60) });
      else read[column] = day;
    } else read[column] = text;
  }
  const word = read.answer === undefined ? null : (wordOf(read.answer) ?? null);
  if (read.answer !== undefined && word === null)
    refuse('answer', 'unknown-answer', { text: read.answer.slice(0, 60) });
  const evidence = (read.evidence ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (evidence.length > mostEvidence) refuse('evidence', 'too-much-evidence', { most: mostEvidence });
  if (refusals.length > 0) return { refusals };
  const { fixedOn, person, documentNumber, documentDate, reason, until, note } = read;
  const document = documentNumber === undefined ? undefined : documentOf(documentNumber, documentDate);
  const given = { fixedOn, person, document, documentDate, reason, until, note };
  return { answer: { answer: word, evidence: [...new Set(evidence)], ...defined(given) } };
}

function documentOf(number: string, date: string | undefined): string {
  return date === undefined ? number : `${number} ngày ${date.split('-').reverse().join('/')}`;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
}

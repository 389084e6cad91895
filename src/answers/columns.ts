/** What a row shows, and nobody but us may change. */
export const shownColumns = [
  'finding',
  'system',
  'endpoint',
  'wrong',
  'fix',
  'severity',
  'due',
  'because',
  'state',
] as const;
export type ShownColumn = (typeof shownColumns)[number];

/** What an owner fills in. */
export const answerColumns = [
  'answer',
  'fixedOn',
  'person',
  'documentNumber',
  'documentDate',
  'reason',
  'until',
  'evidence',
  'note',
] as const;
export type AnswerColumn = (typeof answerColumns)[number];

/** All of a row, in the order of the sheet; `code` ties it to what was sent. */
export const columns = [...shownColumns, ...answerColumns, 'code'] as const;
export type Column = (typeof columns)[number];

/** Columns that hold a day. */
export const dayColumns: ReadonlySet<Column> = new Set<Column>(['due', 'fixedOn', 'documentDate', 'until']);

/** UTF-16 units that a text of an owner may have. */
export const longest: Readonly<Record<AnswerColumn, number>> = {
  answer: 100,
  fixedOn: 100,
  person: 300,
  documentNumber: 100,
  documentDate: 100,
  reason: 1000,
  until: 100,
  evidence: 500,
  note: 1000,
};

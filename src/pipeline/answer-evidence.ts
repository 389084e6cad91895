import { readAnswer, type Answer, type Refusal } from '../answers/answer.ts';
import type { ReadRow, Say } from '../answers/sheet.ts';
import { answerReader } from '../answers/words.ts';
import type { Attachment } from '../model/track/answer.ts';
import type { AttachmentIntake } from './attachments.ts';

/** A row with its answer read and its evidence looked at; without an answer, all its cells are blank or some cannot be read. */
export type PreparedRow = {
  readonly row: ReadRow;
  readonly answer?: Answer;
  readonly attachments: readonly Attachment[];
  readonly refusals: readonly Refusal[];
};

/** Reads the answers of all rows and takes their evidence, before anybody is kept waiting by a transaction. */
export async function prepareRows(
  rows: readonly ReadRow[],
  say: Say,
  intake: AttachmentIntake,
): Promise<readonly PreparedRow[]> {
  const wordOf = answerReader(say);
  const prepared: PreparedRow[] = [];
  for (const row of rows) {
    const read = readAnswer(row, wordOf);
    if (read === undefined) prepared.push({ row, attachments: [], refusals: [] });
    else if ('refusals' in read) prepared.push({ row, attachments: [], refusals: read.refusals });
    else prepared.push({ row, answer: read.answer, ...(await evidenceOf(read.answer, intake)) });
  }
  return prepared;
}

async function evidenceOf({ evidence }: Answer, intake: AttachmentIntake) {
  const attachments: Attachment[] = [];
  const refusals: Refusal[] = [];
  for (const name of evidence) {
    const taken = await intake.take(name);
    if ('attachment' in taken) attachments.push(taken.attachment);
    else refusals.push({ column: 'evidence', message: taken.refusal });
  }
  return { attachments, refusals };
}

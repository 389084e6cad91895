import { message } from '../model/text.ts';
import type { Answer, Refusal } from './answer.ts';
import type { Column } from './columns.ts';

/** What the rules need to know of the finding and of the hand that brings the file. */
export type Known = {
  /** Today in Viet Nam. */
  readonly today: string;
  /** Day of the first sighting of the trouble. */
  readonly since: string;
  /** The last day that a waiver may be asked for. */
  readonly most: string;
  /** Who and which document stand for rows that name none. */
  readonly by?: string;
  readonly document?: string;
};

/** Every rule that an answer breaks, in the order of the columns; none: it is taken. Pure. */
export function judgeAnswer(answer: Answer, known: Known): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (column: Column, key: string, params?: Record<string, string | number>) => {
    refusals.push({ column, message: message(`answers.refused.${key}`, params) });
  };
  const { answer: word, fixedOn, documentDate, reason, until, evidence, note } = answer;
  const { today, since, most } = known;
  const request = word === 'waiver' || word === 'false-alarm';
  if (word === null && evidence.length === 0) refuse('answer', 'no-answer');
  if (word === 'fixed' && fixedOn === undefined) refuse('fixedOn', 'fixed-on');
  if (word !== 'fixed' && fixedOn !== undefined) refuse('fixedOn', 'fixed-on-alone');
  if (fixedOn !== undefined && fixedOn > today) refuse('fixedOn', 'future', { day: fixedOn, today });
  if (fixedOn !== undefined && fixedOn < since) refuse('fixedOn', 'before-seen', { day: fixedOn, since });
  if ((answer.person ?? known.by ?? '') === '') refuse('person', 'person');
  if (answer.document === undefined && documentDate !== undefined) refuse('documentNumber', 'document-number');
  if (documentDate !== undefined && documentDate > today)
    refuse('documentDate', 'future', { day: documentDate, today });
  if (request && (answer.document ?? known.document ?? '') === '') refuse('documentNumber', 'document');
  if (request && reason === undefined) refuse('reason', 'reason');
  if (word === 'not-ours' && reason === undefined && note === undefined) refuse('reason', 'not-ours-reason');
  if (word === 'waiver' && until === undefined) refuse('until', 'until');
  if (!request && until !== undefined) refuse('until', 'until-alone');
  if (until !== undefined && until < today) refuse('until', 'until-past', { day: until });
  if (until !== undefined && until > most) refuse('until', 'until-far', { day: until, most });
  return refusals;
}

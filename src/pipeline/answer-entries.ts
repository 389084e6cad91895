import type { Answer } from '../answers/answer.ts';
import type { Attachment, FromSheet } from '../model/track/answer.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import { ask, attach } from '../track/ask.ts';
import { say } from '../track/change.ts';

/** In which sheet, when, and by whom an answer came that names nobody itself; its key. */
type Coming = {
  readonly sheet: { readonly id: string };
  readonly key: string;
  readonly at: string;
  readonly by?: string;
  readonly document?: string;
};

/** What an answer that keeps the rules adds to the history: what is said or asked for, then what is shown for it. */
export function entriesOf(
  life: Life,
  answer: Answer,
  attachments: readonly Attachment[],
  { at, by, document: letter, sheet: { id }, key }: Coming,
): readonly HistoryEntry[] {
  const { answer: word, person, reason, note, until, fixedOn } = answer;
  const document = answer.document ?? letter;
  const hand = { by: person ?? by ?? '', at, ...(document === undefined ? {} : { document }) };
  const sheet: FromSheet = {
    sheet: id,
    answer: key,
    ...(by === undefined || by === hand.by ? {} : { handedInBy: by }),
  };
  const words = [reason, note].filter((text) => text !== undefined).join('; ');
  const asking = { reason: words, sheet, ...(until === undefined ? {} : { until }) };
  const spoken = (given: HistoryEntry): HistoryEntry => {
    if (given.event.kind !== 'said') return given;
    return { ...given, event: { ...given.event, ...(fixedOn === undefined ? {} : { on: fixedOn }), sheet } };
  };
  const shown = attachments.map((one) => attach(life, one, hand, sheet));
  switch (word) {
    case 'in-progress':
      return [spoken(say(life, 'in-progress', hand, words === '' ? undefined : words)), ...shown];
    case 'fixed':
      return [spoken(say(life, 'claimed-fixed', hand, words === '' ? undefined : words)), ...shown];
    case 'waiver':
      return [ask(life, { as: 'waived', ...asking }, hand), ...shown];
    case 'false-alarm':
      return [ask(life, { as: 'false-positive', ...asking }, hand), ...shown];
    case 'not-ours':
      return [ask(life, { as: 'not-ours', ...asking }, hand), ...shown];
    case null:
      return shown;
  }
}

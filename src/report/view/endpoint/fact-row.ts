import { message, type Message } from '../../../model/text.ts';

/** One fact as a row: what it is, and what was seen, in a stranger's words or in ours; or that it was not seen. */
export type FactRow = {
  readonly word: Message;
  readonly values: readonly string[];
  readonly said: readonly Message[];
  readonly unseen: boolean;
};

const mostValues = 12;

/** A row of what was seen; nothing seen at all is said to be not observed. */
export function factRow(word: string, values: readonly string[] | undefined, said: readonly Message[] = []): FactRow {
  const shown = (values ?? []).slice(0, mostValues);
  const more = (values?.length ?? 0) - shown.length;
  return {
    word: message(`owner.fact.${word}`),
    values: shown,
    said: more > 0 ? [...said, message('report.and-more', { n: more })] : said,
    unseen: values === undefined && said.length === 0,
  };
}

/** `values`, or that there are none. */
export function listed(word: string, values: readonly string[] | undefined): FactRow {
  return values?.length === 0 ? factRow(word, undefined, [message('owner.fact.none')]) : factRow(word, values);
}

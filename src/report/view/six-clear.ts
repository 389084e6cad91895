import type { ClearPart } from '../../model/task-status.ts';
import { message, type Message, type Text } from '../../model/text.ts';

/** One of the six "rõ" as shown; a blank has neither words nor day. */
export type ClearView = {
  readonly word: Message;
  readonly says: Text | null;
  readonly before: string | null;
  readonly blank: boolean;
  /** Said by the province, not by the text. */
  readonly own: boolean;
};

/** The six "rõ", blanks marked. */
export function clearViews(parts: readonly ClearPart[]): readonly ClearView[] {
  return parts.map((one) => ({
    word: message(`tasks.clear.${one.part}`),
    says: 'says' in one ? one.says : null,
    before: 'before' in one ? one.before : null,
    blank: one.from === null,
    own: one.from === 'province',
  }));
}

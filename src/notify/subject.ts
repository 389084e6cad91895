import type { Digest } from './digest-types.ts';
import { dayWords, type Words } from './words.ts';

/** Counts and a day, nothing that anybody else said: no host, no finding, no name. */
export function subjectOf({ say }: Words, { counts, day }: Pick<Digest, 'counts' | 'day'>): string {
  const { fixed, new: fresh, back, overdue, soon, lapsing, toMend, subordinates } = counts;
  const part = (key: string, count: number) => (count === 0 ? [] : [say(`notify.subject.${key}`, { count })]);
  const first = [...part('fixed', fixed), ...part('new', fresh), ...part('back', back), ...part('overdue', overdue)];
  const other = [...part('soon', soon), ...part('lapsing', lapsing), ...part('subordinates', subordinates)];
  const parts = first.length > 0 ? first : other.length > 0 ? other : part('to-mend', toMend);
  return say('notify.subject', { parts: parts.join(', '), day: dayWords(day) });
}

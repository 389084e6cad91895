import { message, type Message } from '../../../model/text.ts';
import { toMendOf, type TrendCount, type TrendRun } from '../../../model/track/trend.ts';
import { severities } from '../../../model/check.ts';

/** Findings to mend now, and by how many more or fewer than at the run before. */
export type Standing = {
  readonly toMend: number;
  /** Not seen again by this run, and counted all the same. */
  readonly unseen: number;
  readonly more: number;
  readonly fewer: number;
};

/** One kind of change since the run before, only where there was any. */
export type Changed = {
  readonly tone: 'met' | 'not-met' | 'unproven' | 'waived' | 'not-applicable' | 'manual';
  readonly n: number;
  readonly word: Message;
};

/** What changed since the run before. */
export type SinceLast = {
  readonly day: string;
  readonly standing: Standing;
  readonly changes: readonly Changed[];
  /** Where our checks or their data are others: in words, and whether that could be told apart from the world. */
  readonly reading: Message | null;
};

/** How the last two points differ; null where there is no point before. */
export function sinceLast(runs: readonly TrendRun[], counts: readonly TrendCount[]): SinceLast | null {
  const [before, now] = [counts.at(-2), counts.at(-1)];
  const [last, run] = [runs.at(-2), runs.at(-1)];
  if (before === undefined || now === undefined || last === undefined || run === undefined) return null;
  const changes: readonly (readonly [Changed['tone'], keyof TrendCount])[] = [
    ['met', 'fixed'],
    ['not-met', 'reopened'],
    ['not-met', 'refuted'],
    ['not-met', 'opened'],
    ['not-met', 'returned'],
    ['waived', 'setAside'],
    ['not-applicable', 'gone'],
    ['manual', 'raised'],
    ['manual', 'dropped'],
  ];
  return {
    day: last.day,
    standing: standing(before, now),
    changes: changes.flatMap(([tone, key]): Changed[] => {
      const n = now[key];
      if (typeof n !== 'number' || n === 0) return [];
      return [{ tone, n, word: message(`life.changed.${key}`, { n, first: now.firstLook }) }];
    }),
    reading: readingWord(run),
  };
}

/** How many are to be mended, beside those of the run before. */
export function standing(before: TrendCount, now: TrendCount): Standing {
  const toMend = toMendOf(now);
  const by = toMend - toMendOf(before);
  const unseen = severities.reduce((all, severity) => all + now.unseen[severity], 0);
  return { toMend, unseen, more: Math.max(0, by), fewer: Math.max(0, -by) };
}

/** What of our own making is different in a run, in words. */
export function readingWord({ checks, data, toldApart }: TrendRun): Message | null {
  if (!checks && !data) return null;
  const what = checks && data ? 'both' : checks ? 'checks' : 'data';
  return message(`life.reading.${what}${toldApart ? '' : '-untold'}`);
}

import type { AssessedTarget } from '../../model/software/assessed.ts';
import { compare } from '../view/report-index.ts';

/** A feed that something was told by, and the day its data is of. */
export type FeedDate = { readonly feed: string; readonly date: string };

/** Every feed that the judgement of some software leant on, with its day; by name, then by day. Pure. */
export function feedDates(software: readonly AssessedTarget[]): readonly FeedDate[] {
  const told = new Map<string, FeedDate>();
  const add = (feed: string, date: string) => told.set(`${feed} ${date}`, { feed, date });
  for (const { items, leanedOn = [] } of software) {
    for (const { feed, date } of leanedOn) add(feed, date);
    for (const { feeds = '' } of items) {
      // `nvd 2026-11-20, kev 2026-11-21`, as the judgement writes it; it is cut at 200 characters.
      for (const part of feeds.split(', ')) {
        const [, feed, date] = /^([a-z-]+) (\d{4}-\d{2}-\d{2})$/.exec(part) ?? [];
        if (feed !== undefined && date !== undefined) add(feed, date);
      }
    }
  }
  return [...told.values()].toSorted((a, b) => compare(a.feed, b.feed) || compare(a.date, b.date));
}

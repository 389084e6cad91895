import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { Place } from './connection.ts';
import type { Page } from './page.ts';

/** What following a chain needs from outside: who may be asked, and asking. */
export type ChainContext = {
  /** Null: out of scope. Throws FailureError `dns`. */
  readonly placeOf: (url: URL) => Promise<Place | null>;
  readonly getPage: (url: URL, place: Place) => Promise<Page>;
  /** What the target did, from what was thrown; throws again what is our own bug. */
  readonly failureOf: (error: unknown) => Failure;
};

/** The first answer and at most ten redirects after it. */
const maxHops = 11;
/** The longest URL that can be stored, so the longest that is asked for. */
const maxUrl = 2048;

/** Follows redirects from `start` until something ends the chain; what was seen before a failure is kept. */
export async function followChain(start: URL, context: ChainContext): Promise<Chain> {
  const hops: Hop[] = [];
  const ended = (rest: Omit<Chain, 'start' | 'hops'>): Chain => ({ start: start.href.slice(0, maxUrl), hops, ...rest });
  const seen = new Set<string>();
  let url = start;
  try {
    for (;;) {
      if (seen.has(url.href)) return ended({ end: 'loop' });
      if (hops.length === maxHops) return ended({ end: 'too-many' });
      if (url.href.length > maxUrl) return ended({ end: 'failed', failure: failure('too-large', 'URL over 2,048') });
      seen.add(url.href);
      const place = await context.placeOf(url);
      if (place === null) return ended(outOfScope(url, hops.length === 0));
      const page = await context.getPage(url, place);
      hops.push(page.hop);
      if (page.next === undefined)
        return ended({ end: 'answer', ...(page.body === undefined ? {} : { body: page.body }) });
      if (page.next === null) return ended({ end: 'answer' });
      url = page.next;
    }
  } catch (error) {
    return ended({ end: 'failed', failure: context.failureOf(error) });
  }
}

function outOfScope(url: URL, isStart: boolean): Omit<Chain, 'start' | 'hops'> {
  if (!isStart) return { end: 'left-scope' };
  return { end: 'failed', failure: failure('not-permitted', `no authorisation covers ${url.origin}`) };
}

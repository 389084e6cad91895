import type { Chain, Hop } from '../../model/facts/http.ts';
import type { AnswerBody } from '../../model/facts/http-answer.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { Answer } from './answer.ts';
import { decodeText } from './decode-text.ts';
import { firstHeader } from './headers.ts';
import { readPageWords } from './html-words.ts';
import { hopOf } from './page.ts';

/**
 * Why an answer is not the site's own but of something before it or in its place, and whether that is a filter, which
 * speaks for the whole site; null when nothing says so.
 */
export type StandIn = (
  hop: Hop,
  body: Pick<AnswerBody, 'title' | 'text'> | undefined,
) => { readonly failure: Failure; readonly filter: boolean } | null;

/** How far into a page its title and a short text are looked for. */
const someBody = 16_384;

/** Statuses by which a visitor is turned away; what was turned away once is not asked again. */
const unwelcome: ReadonlySet<number> = new Set([403, 429, 451]);

/** Why the site wants no further questions, by the answer that its main chain came to; null: it has not said so. */
export function refusalIn(chain: Chain | null, standIn?: StandIn): Failure | null {
  const last = chain?.hops.at(-1);
  if (chain === null || last === undefined || chain.end !== 'answer') return null;
  const later = last.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  if (unwelcome.has(last.status) || (last.status === 503 && later !== undefined))
    return turnedAway(last.url, last.status, later);
  return standIn?.(last, chain.body)?.failure ?? null;
}

/**
 * The same by the answer to one question, of which 403 and 451 say nothing about others: too many requests (RFC 6585
 * §4), out of service until later (RFC 9110 §15.6.4), or a filter's page.
 */
export function refusalOf(url: URL, address: string, answer: Answer, standIn?: StandIn): Failure | null {
  const later = firstHeader(answer.rawHeaders, 'retry-after');
  if (answer.status === 429 || (answer.status === 503 && later !== undefined))
    return turnedAway(url.href, answer.status, later);
  if (standIn === undefined) return null;
  const contentType = firstHeader(answer.rawHeaders, 'content-type') ?? null;
  const isHtml = /^\s*text\/html\b/i.test(contentType ?? '');
  const start = answer.body.subarray(0, someBody);
  const words = isHtml && start.length > 0 ? readPageWords(decodeText(start, contentType)) : undefined;
  const page = standIn(hopOf(url, address, answer), words);
  return page?.filter === true ? page.failure : null;
}

function turnedAway(url: string, status: number, later: string | undefined): Failure {
  return failure(
    'blocked',
    `${url} answered with status ${status}${later === undefined ? '' : `, Retry-After ${later}`}`,
  );
}

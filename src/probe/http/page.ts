import { createHash } from 'node:crypto';
import type { Chain, Hop } from '../../model/facts/http.ts';
import type { Head } from '../wire/undici.ts';
import type { Answer } from './answer.ts';
import { decodeText } from './decode-text.ts';
import { firstHeader, recordHeaders } from './headers.ts';
import { readPageWords, type PageWords } from './html-words.ts';
import { inflate } from './inflate.ts';
import { requestable } from './start-urls.ts';

/** What one URL answered: the hop as it is stored, where it leads, and what its body showed. */
export type Page = {
  readonly hop: Hop;
  /** The next URL of the chain; undefined when the answer is no redirect, null when it leads nowhere we can go. */
  readonly next: URL | null | undefined;
  readonly body?: NonNullable<Chain['body']>;
};

/** Statuses that a browser follows (Fetch §2.2.3). */
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Whether an answer is a redirect that says where to. */
export function isRedirect(head: Head): boolean {
  return redirects.has(head.status) && firstHeader(head.rawHeaders, 'location') !== undefined;
}

/** The facts of one answer without its body. */
export function hopOf(url: URL, address: string, answer: Head): Hop {
  const location = locationOf(url, answer);
  return {
    url: url.href,
    address,
    status: answer.status,
    ...recordHeaders(answer.rawHeaders),
    ...(location === undefined || location === null ? {} : { location: location.href.slice(0, 2048) }),
  };
}

/** The facts of one answer. `maxBytes` bounds what a compressed body may grow to. */
export async function toPage(url: URL, address: string, answer: Answer, maxBytes: number): Promise<Page> {
  const hop = hopOf(url, address, answer);
  const location = locationOf(url, answer);
  if (isRedirect(answer))
    return { hop, next: location === null || location === undefined ? null : requestable(location) };
  const body = await bodyFacts(url, answer, maxBytes);
  return { hop, next: undefined, ...(body === undefined ? {} : { body }) };
}

/** Undefined without a Location, null with one that is no URL. */
function locationOf(base: URL, answer: Head): URL | null | undefined {
  if (answer.status < 300 || answer.status > 399) return undefined;
  const raw = firstHeader(answer.rawHeaders, 'location');
  return raw === undefined ? undefined : URL.parse(fromHeaderBytes(raw), base.href);
}

/** Servers put raw UTF-8 into Location; browsers read it so, and as latin1 where it is not UTF-8. */
function fromHeaderBytes(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

/** Undefined when the body could not be read as text: then nothing is said of it, rather than "no password field". */
async function bodyFacts(url: URL, answer: Answer, maxBytes: number): Promise<NonNullable<Chain['body']> | undefined> {
  const contentType = firstHeader(answer.rawHeaders, 'content-type') ?? null;
  const encoding = firstHeader(answer.rawHeaders, 'content-encoding') ?? 'identity';
  const clear =
    encoding.toLowerCase() === 'identity'
      ? { bytes: answer.body, cut: false }
      : await inflate(answer.body, encoding, maxBytes);
  if (clear === null) return undefined;
  const { refresh, ...words } = wordsOf(clear.bytes, contentType);
  const next = refresh === undefined ? undefined : URL.parse(refresh, url.href)?.href.slice(0, 2048);
  return {
    bytes: answer.body.length,
    cut: answer.cut || clear.cut,
    contentType: contentType?.slice(0, 256) ?? null,
    ...words,
    ...(next === undefined ? {} : { refresh: next }),
  };
}

type Words = Omit<PageWords, 'page'> & Pick<NonNullable<Chain['body']>, 'page'>;

function wordsOf(body: Buffer, contentType: string | null): Words {
  const isHtml = contentType === null || /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
  if (!isHtml) return { title: null, generator: null, passwordField: false };
  const { page, ...words } = readPageWords(decodeText(body, contentType));
  return { ...words, page: { sha256: createHash('sha256').update(body).digest('hex'), ...page } };
}

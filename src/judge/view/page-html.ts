import type { Chain, Hop } from '../../model/facts/http.ts';
import type { PageFacts } from '../../model/facts/page.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { cachingOf, type Caching } from './caching.ts';
import { parseCookie } from './cookie.ts';
import { headerValues } from './headers.ts';
import { isHttps } from './own-host.ts';
import { seen, unseen, type Part } from './part.ts';

export const unreadHtml = failure('undecided', 'the HTML of the page was not read');
const headNotRead = failure('too-large', 'the head of the page was not read to its end');

/** A browser draws it as a page: by its type, or without one by having a title. */
export function isHtml(contentType: string | null, body: Chain['body']): boolean {
  if (contentType === null) return body !== undefined && body.title !== null;
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
}

/** Why a `<meta>` that was not found may still be there; null when all that count were read. */
export function unknownMetas(body: Chain['body']): Failure | null {
  if (body?.page === undefined) return unreadHtml;
  return body.page.metasCut || (body.cut && !body.page.headClosed) ? headNotRead : null;
}

/** Contents of `<meta name="referrer">`, in order. */
export function referrerMetas(page: PageFacts | undefined): readonly string[] {
  return (page?.metas ?? [])
    .filter(({ httpEquiv, name }) => !httpEquiv && name === 'referrer')
    .map((meta) => meta.content);
}

/** Encoding by the header, else by a `<meta>`. */
export function charsetPart(contentType: string | null, html: boolean, body: Chain['body']): Part<string | null> {
  const stated = /;\s*charset\s*=\s*"?([^\s;"]{1,64})/i.exec(contentType ?? '')?.[1];
  if (stated !== undefined || !html) return seen(stated ?? null);
  return body?.page === undefined ? unseen(unreadHtml) : seen(body.page.charset);
}

/** What shared caches may do with the answer; whether it is somebody's own needs its HTML to be told. */
export function cachingPart(hop: Hop, html: boolean, body: Chain['body']): Part<Caching> {
  const session = headerValues(hop, 'set-cookie').some((value) => {
    const cookie = parseCookie(value, { overHttps: isHttps(hop.url) });
    return cookie !== null && cookie.session !== null;
  });
  const personal = body?.passwordField === true ? 'password' : session ? 'session' : null;
  if (personal === null && html && (body === undefined || body.cut)) return unseen(unreadHtml);
  return seen(cachingOf(hop, personal));
}

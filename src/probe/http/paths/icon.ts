import { createHash } from 'node:crypto';
import type { Chain } from '../../../model/facts/http.ts';
import type { IconFacts } from '../../../model/facts/web-paths.ts';
import { faviconHash } from '../../software/favicon.ts';
import type { Ask, WebContext } from '../web-part.ts';
import { robotsAllow, type Robots } from './robots.ts';

/** Most of an icon that is read; a longer one has no hash. */
const maxIconBytes = 262_144;

type IconRound = {
  readonly main: NonNullable<WebContext['main']>;
  readonly ask: Ask;
  readonly robots: Robots;
  /** Our product token in a robots.txt. */
  readonly agent: string;
};

/** Asks once for the site's icon, where robots.txt allows, and tells what it is by its hashes. */
export async function askIcon({ main, ask, robots, agent }: IconRound): Promise<IconFacts> {
  const named = namedIcon(main.url, main.chain);
  const url = named ?? new URL('/favicon.ico', main.url);
  const about = { url: url.href.slice(0, 2048), named: named !== undefined };
  if (!robotsAllow(robots, agent, url.pathname + url.search)) return { ...about, why: 'robots' };
  const asked = await ask({ url, maxBodyBytes: maxIconBytes, headers: { Accept: 'image/*,*/*;q=0.1' } });
  if (asked.outcome !== 'answer') {
    const ended = asked.outcome === 'left-out' || asked.failure.code === 'not-run';
    return { ...about, why: ended ? 'left-out' : 'failed', failure: asked.failure };
  }
  const { status, body, cut } = asked.answer;
  const seen = { ...about, status, bytes: body.length };
  const format = status === 200 && !cut ? imageFormat(body) : undefined;
  if (format === undefined) return seen;
  return { ...seen, format, sha256: createHash('sha256').update(body).digest('hex'), mmh3: faviconHash(body) };
}

/** The icon that a page names on its own origin: another's may be anybody's, and is not asked for. */
function namedIcon(page: URL, chain: Chain): URL | undefined {
  const words = chain.body?.page;
  const base = URL.parse(words?.base ?? '', page.href) ?? page;
  for (const { rel, href } of words?.links ?? []) {
    const url = rel.split(/\s+/).includes('icon') && href !== null ? URL.parse(href, base.href) : null;
    if (url?.origin !== page.origin) continue;
    url.hash = '';
    return url;
  }
  return undefined;
}

/** By the first bytes, as browsers tell images (MIME Sniffing, 6.1); an SVG by its root element. */
export function imageFormat(bytes: Buffer): IconFacts['format'] {
  const start = bytes.toString('latin1', 0, 512);
  if (start.startsWith('\0\0\x01\0')) return 'ico';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^RIFF.{4}WEBP/s.test(start)) return 'webp';
  return /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,300}-->\s*)?(?:<!DOCTYPE svg[^>]{0,300}>\s*)?<svg[\s>]/i.test(
    start,
  )
    ? 'svg'
    : undefined;
}

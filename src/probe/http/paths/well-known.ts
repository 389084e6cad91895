import type { RobotsFacts, SecurityTxtFacts } from '../../../model/facts/web-paths.ts';
import type { Ask, Asked } from '../web-part.ts';
import { readAnswer } from './read-answer.ts';
import { disallowedPaths, maxRobotsBytes, parseRobots, type Robots } from './robots.ts';
import { maxSecurityTxtBytes, readSecurityTxt } from './security-txt.ts';

const noRules: Robots = { groups: [] };
/** What a robots.txt that cannot be read means: nothing may be asked (RFC 9309 §2.3.1.4). */
const nothingAllowed: Robots = { groups: [{ agents: ['*'], rules: [{ allow: false, path: '/' }] }] };

/** Asks for robots.txt, and through one redirect on the same origin; what it asks of us, and its facts. */
export async function askRobots(
  origin: URL,
  ask: Ask,
): Promise<{ readonly robots: Robots; readonly facts: RobotsFacts }> {
  const asked = await askOnward(new URL('/robots.txt', origin), ask, maxRobotsBytes);
  const none = { bytes: 0, cut: false, present: false, disallow: [] };
  if (asked.answered.outcome !== 'answer') {
    const { failure } = asked.answered;
    return { robots: nothingAllowed, facts: { url: asked.url.href, status: null, failure, ...none } };
  }
  const { read, stored } = await readAnswer(asked.url, asked.answered.answer, maxRobotsBytes);
  const about = { url: stored.url, status: stored.status };
  if (stored.status >= 500 || stored.filter !== undefined) {
    return { robots: nothingAllowed, facts: { ...about, ...none } };
  }
  if (stored.status < 200 || stored.status > 299 || read.isPage)
    return { robots: noRules, facts: { ...about, ...none } };
  const robots = parseRobots(read.bytes);
  const disallow = disallowedPaths(robots).map((path) => path.slice(0, 256).toWellFormed());
  return {
    robots,
    facts: {
      ...about,
      bytes: stored.bytes,
      cut: stored.cut,
      present: robots.groups.length > 0,
      disallow: disallow.slice(0, 200),
    },
  };
}

/** Asks for security.txt at its place, then at the old one (RFC 9116 §3), each through one redirect on the same origin. */
export async function askSecurityTxt(origin: URL, ask: Ask): Promise<SecurityTxtFacts> {
  const tried: SecurityTxtFacts['asked'] = [];
  for (const path of ['/.well-known/security.txt', '/security.txt']) {
    const { answered, url } = await askOnward(new URL(path, origin), ask, maxSecurityTxtBytes);
    if (answered.outcome !== 'answer') {
      tried.push({ url: url.href, failure: answered.failure });
      continue;
    }
    const { read, stored } = await readAnswer(url, answered.answer, maxSecurityTxtBytes);
    const { filter } = stored;
    tried.push({ url: stored.url, status: stored.status, ...(filter === undefined ? {} : { filter }) });
    const lines = stored.status === 200 && !read.isPage ? readSecurityTxt(read.bytes) : null;
    if (lines === null) continue;
    const { contentType, bytes, cut } = stored;
    return { asked: tried, file: { url: stored.url, contentType, bytes, cut, ...lines } };
  }
  return { asked: tried };
}

/** Asks, and once more where a redirect leads on the same origin. */
async function askOnward(
  url: URL,
  ask: Ask,
  maxBodyBytes: number,
): Promise<{ readonly url: URL; readonly answered: Asked }> {
  const answered = await ask({ url, maxBodyBytes, headers: plainText });
  if (answered.outcome !== 'answer') return { url, answered };
  const { stored } = await readAnswer(url, answered.answer, maxBodyBytes);
  const next = stored.location === undefined ? null : URL.parse(stored.location);
  if (next?.origin !== url.origin || next.pathname === url.pathname) return { url, answered };
  return { url: next, answered: await ask({ url: next, maxBodyBytes, headers: plainText }) };
}

const plainText = { Accept: 'text/plain, */*;q=0.1' } as const;

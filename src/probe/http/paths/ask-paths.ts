import { randomBytes } from 'node:crypto';
import type {
  ErrorSign,
  IconFacts,
  PathAnswer,
  PathUnanswered,
  SitePlatform,
  WebPaths,
} from '../../../model/facts/web-paths.ts';
import { failure, type Failure } from '../../../model/failure.ts';
import type { Ask, WebContext, WebPart } from '../web-part.ts';
import { errorSignsIn } from './error-page.ts';
import type { Exposure } from './exposure-schema.ts';
import { askIcon } from './icon.ts';
import { isLike, likenessOf, type Likeness } from './likeness.ts';
import { platformOf, suits } from './platform.ts';
import { prove } from './prove.ts';
import { readAnswer } from './read-answer.ts';
import { exposures } from './read-exposures.ts';
import { robotsAllow, type Robots } from './robots.ts';
import { askRobots, askSecurityTxt } from './well-known.ts';

/** The token by which a robots.txt may name us. */
const agent = 'rasoat';
/** Read of the answer that a path which does not exist gets. */
const missingBytes = 65_536;
/** Time for all paths together: one that drips its answers does not hold up the rest of a run. */
const maxMs = 90_000;

const nothing = { secrecyMark: null, platform: [], answered: [], unanswered: [], errors: [] } satisfies WebPaths;

/** Most paths that should not be there, of one endpoint. */
const usualPaths = 27;
/** The icon's place among them: behind the most telling, before those that the budget does not always reach. */
const iconAfter = 15;

/**
 * Asks for the well-known paths of the endpoint: one that cannot exist, robots.txt, security.txt, then what should not be
 * there, by worth, with the site's icon between: as many as `most`, robots.txt and the budget allow. Nothing is asked of a
 * site that showed no page of its own.
 */
export function createPathsPart(options: { readonly most?: number } = {}): WebPart {
  return async (context) => ({ paths: await lookAround(context, options.most ?? usualPaths) });
}

/** The usual paths. */
export const askPaths = createPathsPart();

/** The facts of an observation that asked for none of them. */
export const noPaths = (): WebPaths => ({ ...nothing });

async function lookAround({ main, secure, plain, ask, stop }: WebContext, most: number): Promise<WebPaths> {
  if (main === undefined) return noPaths();
  const origin = new URL('/', main.url);
  const platform = [...platformOf([secure, plain])];
  const errors: ErrorSign[] = [];
  const missingPath = `/khong-ton-tai-${randomBytes(6).toString('hex')}`;
  const missingUrl = new URL(missingPath, origin);
  const first = await ask({ url: missingUrl, maxBodyBytes: missingBytes });
  if (first.outcome !== 'answer') return { ...nothing, origin: origin.href, platform };
  const { read, stored } = await readAnswer(missingUrl, first.answer, missingBytes);
  const common = { ...nothing, origin: origin.href, platform, missing: stored };
  if (stored.filter !== undefined) {
    stop(failure('blocked', `${origin.href} answers with a filter's page (${stored.filter})`));
    return common;
  }
  errors.push(...errorSignsIn(stored.url, stored.status, read.text));
  const { robots, facts: robotsFacts } = await askRobots(origin, ask);
  const securityTxt = await askSecurityTxt(origin, ask);
  const missing = likenessOf(read, missingPath, stored.location);
  const round = { origin, platform, ask, robots, missing, errors };
  const all = await askExposures(round, most, () => askIcon({ main, ask, robots, agent }));
  return { ...common, robots: robotsFacts, securityTxt, ...all, errors: errors.slice(0, 32) };
}

type Round = {
  readonly origin: URL;
  readonly platform: readonly SitePlatform[];
  readonly ask: Ask;
  readonly robots: Robots;
  readonly missing: Likeness;
  /** Signs of error pages met on the way are added. */
  readonly errors: ErrorSign[];
};

async function askExposures(
  round: Round,
  most: number,
  icon: () => Promise<IconFacts>,
): Promise<Pick<WebPaths, 'answered' | 'unanswered' | 'icon'>> {
  const answered: PathAnswer[] = [];
  const unanswered: PathUnanswered[] = [];
  const endsAt = performance.now() + maxMs;
  let asked = 0;
  let shown: IconFacts | undefined;
  for (const exposure of exposures()) {
    if (asked >= iconAfter) shown ??= await icon();
    const seen = await askExposure(exposure, round, whyEnough(asked, most, endsAt));
    if ('why' in seen) unanswered.push(seen);
    else answered.push(seen);
    if (!('why' in seen) || seen.why === 'failed') asked += 1;
  }
  return { answered, unanswered, icon: shown ?? (await icon()) };
}

function whyEnough(asked: number, most: number, endsAt: number): Failure | null {
  if (asked >= most) return failure('not-run', `${most} paths were asked for, which is the most`);
  return performance.now() > endsAt ? failure('timeout', `${maxMs} ms for all paths were over`) : null;
}

async function askExposure(
  exposure: Exposure,
  round: Round,
  enough: Failure | null,
): Promise<PathAnswer | PathUnanswered> {
  const path = exposure.path.replace('{host}', round.origin.hostname.replace(/^www\./, ''));
  const url = new URL(path, round.origin);
  const key = { id: exposure.id, group: exposure.group, core: exposure.core === true };
  const without = (rest: Pick<PathUnanswered, 'why' | 'failure'>) => ({
    ...key,
    url: url.href.slice(0, 2048),
    ...rest,
  });
  if (!suits(exposure, round.platform)) return without({ why: 'platform' });
  if (!robotsAllow(round.robots, agent, path)) return without({ why: 'robots' });
  if (enough !== null) return without({ why: 'left-out', failure: enough });
  const asked = await round.ask({
    url,
    maxBodyBytes: exposure.read,
    headers: { Accept: '*/*', ...(exposure.range === true && { Range: `bytes=0-${exposure.read - 1}` }) },
  });
  if (asked.outcome !== 'answer') {
    // One that a stop ended while it was under way tells no more than one that was never sent.
    const ended = asked.outcome === 'left-out' || asked.failure.code === 'not-run';
    return without({ why: ended ? 'left-out' : 'failed', failure: asked.failure });
  }
  const { read, stored } = await readAnswer(url, asked.answer, exposure.read);
  if (read.status >= 400 && stored.filter === undefined)
    addNew(round.errors, errorSignsIn(stored.url, read.status, read.text));
  const likeMissing = isLike(likenessOf(read, path, stored.location), round.missing);
  const proof = likeMissing || stored.filter !== undefined ? undefined : prove(exposure, read);
  return { ...key, ...stored, likeMissing, ...(proof === undefined ? {} : { proof }) };
}

/** One page of a kind is enough: a server shows the same footer everywhere. */
function addNew(errors: ErrorSign[], found: readonly ErrorSign[]): void {
  for (const sign of found) {
    if (!errors.some(({ kind, product }) => kind === sign.kind && product === sign.product)) errors.push(sign);
  }
}

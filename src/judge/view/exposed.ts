import { Type, type Static } from '@sinclair/typebox';
import type { PathAnswer, PathGroup, PathUnanswered, WebPaths } from '../../model/facts/web-paths.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';

/** A path whose answer proved what it is. */
export const exposedView = Type.Object(
  {
    url: text(2048),
    proof: text(64),
    excerpt: Type.Optional(text(200)),
    /** Names of the settings in the file; never their values. */
    keys: Type.Optional(list(text(64), 24)),
  },
  closed,
);
export type Exposed = Static<typeof exposedView>;

type Paths = Pick<WebPaths, 'answered' | 'unanswered' | 'missing'>;

/**
 * What the paths of a group showed. Something proved counts whatever else is missing; nothing is said to be clean until
 * every core path of the group had an answer of the site's own. Null: all of them are of another platform than the
 * endpoint's.
 */
export function exposedIn(group: PathGroup, paths: Paths): Part<Exposed[] | null> {
  const answered = paths.answered.filter((path) => path.group === group);
  const unanswered = paths.unanswered.filter((path) => path.group === group);
  const proved = answered.flatMap(toExposed);
  if (proved.length > 0) return seen(proved);
  if (answered.length === 0 && unanswered.length > 0 && unanswered.every(({ why }) => why === 'platform'))
    return seen(null);
  const repeated = repeatedPages(paths);
  const reasons = [
    ...unanswered.filter(({ core, why }) => core && why !== 'platform').map(whyUnanswered),
    ...answered.filter(({ core }) => core).map((path) => doubt(path, repeated)),
  ].filter((reason) => reason !== null);
  const [reason] = reasons;
  if (reason !== undefined) return unseen(reason);
  if (answered.some((path) => doubt(path, repeated) === null)) return seen([]);
  const [other] = unanswered.filter(({ why }) => why !== 'platform');
  return unseen(
    other === undefined ? failure('undecided', 'no path of this kind had an answer') : whyUnanswered(other),
  );
}

function toExposed({ url, proof }: PathAnswer): readonly Exposed[] {
  if (proof === undefined) return [];
  const { name, excerpt, keys } = proof;
  return [{ url, proof: name, ...(excerpt !== undefined && { excerpt }), ...(keys !== undefined && { keys }) }];
}

function whyUnanswered({ url, why, failure: failed }: PathUnanswered): Failure {
  if (why === 'robots') return failure('undecided', `robots.txt asks not to ask for ${url}`);
  return failed ?? failure('not-run', `${url} was not asked for`);
}

/** Why an answer without proof does not speak for the site; null: it says that there is nothing to be had here. */
function doubt({ url, status, filter, digest }: PathAnswer, repeated: ReadonlySet<string>): Failure | null {
  if (filter !== undefined) return failure('blocked', `${url} answered with a filter's page (${filter})`);
  if (status === 429 || status === 451 || status === 503)
    return failure('blocked', `${url} answered with status ${status}`);
  if (status >= 500) return failure('undecided', `${url} answered with status ${status}`);
  if (status < 300 && repeated.has(digest))
    return failure('blocked', `${url} answered with a page that other paths show too`);
  return null;
}

/** Bodies that several paths answer with and a path that does not exist does not: something stands in front of them. */
function repeatedPages({ answered, missing }: Paths): ReadonlySet<string> {
  const found = answered.filter(
    ({ status, bytes, likeMissing, digest }) => status < 300 && bytes > 0 && !likeMissing && digest !== missing?.digest,
  );
  const counts = Map.groupBy(found, ({ digest }) => digest);
  return new Set([...counts].filter(([, same]) => same.length > 1).map(([digest]) => digest));
}

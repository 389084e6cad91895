import type { Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { StandInKind, StandInTable } from '../../model/reference.ts';
import { standInFor, type ShownBody } from './stand-in.ts';

/** For an engineer's eyes, like every detail of a failure. */
const called: Readonly<Record<Exclude<StandInKind, 'default-page'>, string>> = {
  filter: "a filter's page",
  'captive-portal': 'the login of a network on the way',
  parked: 'the page of a parked domain',
  suspended: 'the page of a suspended hosting account',
  maintenance: 'a maintenance page',
  'under-construction': 'the page of a site under construction',
};

/**
 * Why an answer is not the site's own: a page that stands in its place, by a table of the day, or a status by which a
 * filter refuses (401 and 404 are the site's own). Null when nothing speaks against it.
 */
export function challengeIn(hop: Hop, body: ShownBody | undefined, standIns?: StandInTable): Failure | null {
  const page = standInFor(hop, body, standIns);
  if (page !== null && page.is !== 'default-page') {
    const title = body?.title ?? null;
    const shown = title === null ? '' : `: ${title}`;
    return failure('blocked', `${hop.url} answered with ${called[page.is]} (${page.name})${shown}`);
  }
  return [403, 429, 451].includes(hop.status)
    ? failure('blocked', `${hop.url} answered with status ${hop.status}`)
    : null;
}

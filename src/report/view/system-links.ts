import type { PageRef } from '../page-ref.ts';
import { nameOf, type Name } from './name.ts';
import type { SystemFile } from './report-index.ts';

/** A system to go to, with how many places there when there are several. */
export type SystemLink = {
  readonly name: Name;
  readonly ref: PageRef;
  readonly places: number;
  readonly several: boolean;
};

/** Systems as links: some at once, the rest to unfold, so that a thousand do not bury the page. */
export type SystemLinks = { readonly shown: readonly SystemLink[]; readonly rest: readonly SystemLink[] };

const mostAtOnce = 6;

/** Links to a place on the pages of systems, in the order given; at most `atOnce` before one has to unfold. */
export function systemLinks(
  systems: readonly { readonly file: SystemFile; readonly places: number }[],
  hash: string,
  atOnce = mostAtOnce,
): SystemLinks {
  const links = systems.map(({ file, places }): SystemLink => ({
    name: nameOf(file.system),
    ref: { page: 'system', id: file.system.id, hash },
    places,
    several: places > 1,
  }));
  return links.length <= atOnce + 1
    ? { shown: links, rest: [] }
    : { shown: links.slice(0, atOnce), rest: links.slice(atOnce) };
}

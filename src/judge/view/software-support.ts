import type { SoftwareItem } from '../../model/facts/software.ts';
import { dayMs } from '../../model/day.ts';
import { staleness } from '../../model/feed.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { EndOfLifeTable } from '../../model/reference.ts';
import { releaseLineOf } from './release-line.ts';
import type { SoftwareItemView } from '../../model/software/assessed.ts';
import type { ViewContext } from './view.ts';

type Support = Required<Pick<SoftwareItemView, 'line' | 'endOfLife' | 'supported' | 'endingSoon'>>;

/** A line that ends within so many days is ending soon. */
const soonDays = 182;

/** Whether the makers supported a version on the day of the observation, or why that cannot be told. */
export function supportOf(
  item: SoftwareItem,
  distribution: string | null,
  context: ViewContext,
): Support | { readonly failure: Failure } {
  const undecided = (detail: string) => ({ failure: failure('undecided', detail) });
  const table = context.reference.endOfLife;
  if (item.version === undefined) return undecided(`${item.product} tells no version`);
  if (table === undefined) return { failure: failure('feed-old', 'there is no end-of-life table') };
  const asOf = dateOf(item.product, table);
  const stale = staleness('end-of-life', asOf, context.at, context.reference.feedDays?.['end-of-life']);
  if (stale !== undefined) return { failure: stale };
  const line = lineOf(item.product, item.version, table);
  if (line === undefined)
    return undecided(`the end-of-life table of ${asOf} does not know ${item.product} ${item.version}`);
  const supported = line.endOfLife === null || context.at.slice(0, 10) <= line.endOfLife;
  if (!supported && distribution !== null) {
    return undecided(`${item.product} ${item.version} is packaged by ${distribution}, which may still mend it`);
  }
  const left = line.endOfLife === null ? Infinity : (Date.parse(line.endOfLife) - Date.parse(context.at)) / dayMs;
  return {
    line: line.cycle,
    endOfLife: line.endOfLife,
    supported,
    endingSoon: supported && distribution === null && left <= soonDays,
  };
}

function lineOf(product: string, version: string, table: EndOfLifeTable) {
  const known = Object.hasOwn(table.products, product) ? table.products[product] : undefined;
  return known === undefined ? undefined : releaseLineOf(version, known.lines);
}

function dateOf(product: string, table: EndOfLifeTable): string {
  return (Object.hasOwn(table.products, product) ? table.products[product]?.asOf : undefined) ?? table.asOf;
}

import type { Answer } from './answer.ts';
import type { Habits } from './habits.ts';
import type { Lane, NoAnswer } from './lane.ts';
import type { Opening } from './opening.ts';
import { askOrder, passedOver, turnedRound, type Decider } from './order.ts';
import { beginSearch, chosen, drain, drainInLanes, type Search } from './strike.ts';

/**
 * Suites of one version, in the order in which the server chose them (by families after an end without an alert), or
 * in ours where the client decides.
 */
export type Enumeration = {
  readonly suites: readonly number[];
  /** Everything not listed was refused. */
  readonly complete: boolean;
  readonly order?: Decider;
  /** By what the rest was refused, `alert 40`. */
  readonly refusal?: string;
};

/**
 * Strikes the chosen suite from the offer until the server refuses what is left: one connection a suite and one for the
 * refusal, the fewest that can tell. Who decides the order costs one more at most, and as a rule nothing. `ahead` is the
 * answer to the offer turned round, where it was asked side by side with the first.
 */
export async function enumerate(
  lane: Lane,
  { plan, first }: Extract<Opening, { kind: 'offered' }>,
  habits: Habits,
  ahead?: Promise<Answer | NoAnswer>,
): Promise<Enumeration> {
  const favourite = first.hello.suite;
  if (!lane.offer.includes(favourite)) return { suites: [favourite], complete: false };
  const search = beginSearch(lane, plan, favourite);
  const { complete, order } =
    plan.atOnce < lane.offer.length ? await byChunks(search) : await byWhole(search, habits, ahead);
  const suites = order === 'client' ? lane.offer.filter((suite) => search.accepted.includes(suite)) : search.accepted;
  const refusal = [...search.refusals].sort().join(' ');
  return {
    suites,
    complete,
    ...(order === undefined || suites.length < 2 ? {} : { order }),
    ...(refusal === '' ? {} : { refusal }),
  };
}

type Found = { readonly complete: boolean; readonly order: Decider | undefined };

async function byChunks(search: Search): Promise<Found> {
  const { lane, plan, accepted } = search;
  let complete = true;
  for (let from = 0; from < lane.offer.length && complete; from += plan.atOnce) {
    complete = await drain(search, lane.offer.slice(from, from + plan.atOnce));
  }
  return { complete, order: accepted.length > 1 ? await askOrder(lane, plan, accepted) : undefined };
}

/**
 * The second question offers everything again, turned round with the favourite last. Another choice means that the client
 * decides, and is a suite found; the same means that the server does. Where the server was seen to decide already, the
 * favourite is left out of it and the choices that follow show the same for nothing.
 */
async function byWhole(search: Search, habits: Habits, ahead: Promise<Answer | NoAnswer> | undefined): Promise<Found> {
  const { lane, plan, accepted } = search;
  const [favourite = 0] = accepted;
  const turned = turnedRound(lane.offer.filter((suite) => suite !== favourite));
  if ((await habits.decider(lane.protocol)) === 'server') {
    const complete = await drain(search, turned);
    if (passedOver(turned, accepted.slice(1))) return { complete, order: 'server' };
    return { complete, order: accepted.length > 1 ? await askOrder(lane, plan, accepted) : undefined };
  }
  const second = chosen(lane, await (ahead ?? lane.ask(plan, [...turned, favourite])));
  const order =
    second === favourite ? 'server' : second !== undefined && turned.includes(second) ? 'client' : undefined;
  habits.tell(lane.protocol, order);
  if (order === 'client' && second !== undefined) accepted.push(second);
  const wide = order === 'client' && habits.lanes > 1 && lane.protocol !== 'TLSv1.3';
  const complete = wide ? await drainInLanes(search, habits.lanes) : await drain(search, lane.offer);
  if (order !== undefined || accepted.length < 2) return { complete, order };
  return { complete, order: await askOrder(lane, plan, accepted) };
}

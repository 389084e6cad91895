import type { Lane, Plan } from './lane.ts';
import { suiteName } from './registry/suites.ts';
import { chosen } from './strike.ts';

/** Who decides among the suites that both sides know. */
export type Decider = 'server' | 'client';

/**
 * An offer turned round. ChaCha20 does not come to its head: servers that decide may still grant it to a client that
 * prefers it (OpenSSL's PrioritizeChaCha).
 */
export function turnedRound(offer: readonly number[]): number[] {
  const reversed = [...offer].reverse();
  return [...reversed.filter((suite) => !isChaCha(suite)), ...reversed.filter(isChaCha)];
}

/**
 * Whether suites chosen one after the other from a shrinking `offer` are not simply the first that stood in it each
 * time: then it was not the client who decided. The opposite proves nothing, for a server may like what we like.
 */
export function passedOver(offer: readonly number[], choices: readonly number[]): boolean {
  const places = choices.map((suite) => offer.indexOf(suite));
  return places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0));
}

/** Offers the accepted suites with the last of them first. */
export async function askOrder(lane: Lane, plan: Plan, accepted: readonly number[]): Promise<Decider | undefined> {
  const favourite = accepted[0];
  const wish = accepted.findLast((suite) => !isChaCha(suite));
  if (wish === undefined || wish === favourite) return undefined;
  const others = accepted.filter((suite) => suite !== wish).reverse();
  const answer = chosen(lane, await lane.ask(plan, [wish, ...others].slice(-plan.atOnce)));
  if (answer === wish) return 'client';
  return answer === favourite ? 'server' : undefined;
}

function isChaCha(suite: number): boolean {
  return suiteName(suite).includes('CHACHA20');
}

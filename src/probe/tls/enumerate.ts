import type { Answer } from './answer.ts';
import type { Lane, NoAnswer, Plan } from './lane.ts';
import type { Opening } from './opening.ts';
import { agreementFamilyOf } from './registry/key-exchange.ts';
import { suiteName } from './registry/suites.ts';
import { alertCode } from './wire/alert.ts';
import { versionNumber } from './wire/version.ts';

/** Suites of one version, in the order in which the server chose them; by families after an end without an alert. */
export type Enumeration = {
  readonly suites: readonly number[];
  /** Everything not listed was refused. */
  readonly complete: boolean;
  readonly order?: 'server' | 'client';
};

/** The answer to an offer of suites that the server does not have, after it has shown that it speaks the version. */
const refusals: ReadonlySet<number> = new Set([
  alertCode.handshakeFailure,
  alertCode.insufficientSecurity,
  alertCode.illegalParameter,
  alertCode.protocolVersion,
]);

/** Odd answers in one lane that are looked into, at the price of four connections each; five where they bring something. */
const mostDoubts = 2;

/**
 * Strikes the chosen suite from the offer until the server refuses what is left: one connection a suite and one for the
 * refusal, the fewest that can tell. One more tells who decides the order.
 */
export async function enumerate(lane: Lane, opening: Extract<Opening, { kind: 'offered' }>): Promise<Enumeration> {
  const { plan, first } = opening;
  const accepted = [first.hello.suite];
  if (!lane.offer.includes(first.hello.suite)) return { suites: accepted, complete: false };
  const search = { lane, plan, accepted, doubts: { left: mostDoubts } };
  let complete = true;
  for (let from = 0; from < lane.offer.length && complete; from += plan.atOnce) {
    complete = await drain(search, lane.offer.slice(from, from + plan.atOnce));
  }
  const order = accepted.length > 1 ? await askOrder(lane, plan, accepted) : undefined;
  return { suites: accepted, complete, ...(order === undefined ? {} : { order }) };
}

type Search = {
  readonly lane: Lane;
  readonly plan: Plan;
  readonly accepted: number[];
  readonly doubts: { left: number };
};

/** Eliminates one chunk into `accepted`; true when it ended in the server's refusal of what was left. */
async function drain(search: Search, chunk: readonly number[]): Promise<boolean> {
  let remaining: readonly number[] = chunk.filter((suite) => !search.accepted.includes(suite));
  let lost = false;
  for (;;) {
    const { left, end } = await strike(search, remaining);
    if (end === undefined || isRefusal(search.lane, end)) return true;
    if (end.kind === 'failed' || end.kind === 'hello') return false;
    if (lost && left.length === remaining.length) return false;
    remaining = left;
    // SChannel and others refuse by a bare reset, and so do rate limiters: what it was shows when an offer known to be
    // good is answered in between and the same end comes again.
    if (search.doubts.left === 0) return false;
    search.doubts.left -= 1;
    if (!(await answersGood(search))) return false;
    if (end.kind !== 'timeout') return drainFamilies(search, remaining, end.kind);
    lost = true;
  }
}

/**
 * After an end that was no alert of refusal: asks for each family alone. A server that cannot carry out a suite which it
 * has chosen ends the connection too (OpenSSL without DH parameters in Dovecot), and hides all that it likes less.
 */
async function drainFamilies(search: Search, remaining: readonly number[], kind: Answer['kind']): Promise<boolean> {
  let chose = false;
  let ended = false;
  for (const family of familiesOf(remaining)) {
    const { left, end } = await strike(search, family);
    chose ||= left.length < family.length;
    if (end === undefined || isRefusal(search.lane, end)) continue;
    if (end.kind !== kind) return false;
    ended = true;
  }
  // Where some were chosen, what ended the others may have begun after them.
  return !(chose && ended) || answersGood(search);
}

/** The likeliest culprit comes last, so that its end is not taken for that of the others. */
function familiesOf(suites: readonly number[]): (readonly number[])[] {
  const families = (['ecdh', 'other', 'dh'] as const).map((family) =>
    suites.filter((suite) => agreementFamilyOf(suite) === family),
  );
  return families.filter((family) => family.length > 0);
}

/** Asks and strikes as long as one of `offer` is chosen; `end` is the answer that chose none, and absent when all were. */
async function strike(
  { lane, plan, accepted }: Search,
  offer: readonly number[],
): Promise<{ readonly left: readonly number[]; readonly end?: Answer | NoAnswer }> {
  let left = offer;
  while (left.length > 0) {
    const answer = await lane.ask(plan, left);
    const suite = chosen(lane, answer);
    if (suite === undefined || !left.includes(suite)) return { left, end: answer };
    accepted.push(suite);
    left = left.filter((other) => other !== suite);
  }
  return { left };
}

/** Whether an offer that was accepted before still is. */
async function answersGood({ lane, plan, accepted }: Search): Promise<boolean> {
  return chosen(lane, await lane.ask(plan, accepted.slice(0, 1))) !== undefined;
}

/** A ServerHello of another version refuses too: the server would rather step down than take these suites. */
function isRefusal(lane: Lane, answer: Answer | NoAnswer): boolean {
  if (answer.kind === 'hello') return chosen(lane, answer) === undefined;
  return answer.kind === 'alert' && refusals.has(answer.alert.code);
}

function chosen(lane: Lane, answer: Answer | NoAnswer): number | undefined {
  if (answer.kind !== 'hello' || answer.hello.version !== versionNumber(lane.protocol)) return undefined;
  return answer.hello.suite;
}

/**
 * Offers the accepted suites in reverse. ChaCha20 is not put first: servers that decide may still grant it to a client
 * that prefers it (OpenSSL's PrioritizeChaCha).
 */
async function askOrder(lane: Lane, plan: Plan, accepted: readonly number[]): Promise<'server' | 'client' | undefined> {
  const favourite = accepted[0];
  const wish = accepted.findLast((suite) => !suiteName(suite).includes('CHACHA20'));
  if (wish === undefined || wish === favourite) return undefined;
  const others = accepted.filter((suite) => suite !== wish).reverse();
  const answer = chosen(lane, await lane.ask(plan, [wish, ...others].slice(-plan.atOnce)));
  if (answer === wish) return 'client';
  return answer === favourite ? 'server' : undefined;
}

import type { Answer } from './answer.ts';
import type { Lane, NoAnswer, Plan } from './lane.ts';
import { agreementFamilyOf } from './registry/key-exchange.ts';
import { alertCode } from './wire/alert.ts';
import { versionNumber } from './wire/version.ts';

/** One version's suites on their way. */
export type Search = {
  readonly lane: Lane;
  readonly plan: Plan;
  readonly accepted: number[];
  readonly doubts: { left: number };
  /** By what the rest was refused: `alert 40`, `version 0x0301`. */
  readonly refusals: Set<string>;
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

export function beginSearch(lane: Lane, plan: Plan, favourite: number): Search {
  return { lane, plan, accepted: [favourite], doubts: { left: mostDoubts }, refusals: new Set() };
}

/** Eliminates one chunk into `accepted`; true when it ended in the server's refusal of what was left. */
export async function drain(search: Search, chunk: readonly number[]): Promise<boolean> {
  let remaining: readonly number[] = chunk.filter((suite) => !search.accepted.includes(suite));
  let lost = false;
  for (;;) {
    const { left, end } = await strike(search, remaining);
    if (end === undefined || isRefusal(search, end)) return true;
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
 * Eliminates the rest of the whole offer in `count` lanes side by side, which costs a refusal each and loses the server's
 * order among them. What ended oddly in any of them is looked into as one.
 */
export async function drainInLanes(search: Search, count: number): Promise<boolean> {
  const rest = search.lane.offer.filter((suite) => !search.accepted.includes(suite));
  const hands = Array.from({ length: count }, (_, lane) => rest.filter((_suite, at) => at % count === lane));
  const ends = await Promise.all(hands.map((hand) => strike(search, hand)));
  const odd = ends.filter(({ end }) => end !== undefined && !isRefusal(search, end));
  if (odd.length === 0) return true;
  return drain(
    search,
    odd.flatMap(({ left }) => left),
  );
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
    if (end === undefined || isRefusal(search, end)) continue;
    if (end.kind !== kind) return false;
    ended = true;
  }
  if (ended) search.refusals.add(kind);
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
function isRefusal({ lane, refusals: words }: Search, answer: Answer | NoAnswer): boolean {
  if (answer.kind === 'hello') {
    if (chosen(lane, answer) !== undefined) return false;
    words.add(`version ${answer.hello.version.toString(16)}`);
    return true;
  }
  if (answer.kind !== 'alert' || !refusals.has(answer.alert.code)) return false;
  words.add(`alert ${answer.alert.code}`);
  return true;
}

/** The suite that an answer in the lane's version chose. */
export function chosen(lane: Lane, answer: Answer | NoAnswer): number | undefined {
  if (answer.kind !== 'hello' || answer.hello.version !== versionNumber(lane.protocol)) return undefined;
  return answer.hello.suite;
}

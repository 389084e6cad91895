import type { Answer } from './answer.ts';
import type { Lane, NoAnswer, Plan } from './lane.ts';
import type { Opening } from './opening.ts';
import { suiteName } from './registry/suites.ts';
import { alertCode } from './wire/alert.ts';
import { versionNumber } from './wire/version.ts';

/** Suites of one version, in the order in which the server chose them. */
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

/** Odd answers in one lane that are looked into, each at the price of two connections. */
const mostDoubts = 2;

/**
 * Strikes the chosen suite from the offer until the server refuses what is left: one connection a suite and one for the
 * refusal, the fewest that can tell. One more tells who decides the order.
 */
export async function enumerate(lane: Lane, opening: Extract<Opening, { kind: 'offered' }>): Promise<Enumeration> {
  const { plan, first } = opening;
  const accepted = [first.hello.suite];
  if (!lane.offer.includes(first.hello.suite)) return { suites: accepted, complete: false };
  const doubts = { left: mostDoubts };
  let complete = true;
  for (let from = 0; from < lane.offer.length && complete; from += plan.atOnce) {
    complete = await drain(lane, plan, lane.offer.slice(from, from + plan.atOnce), accepted, doubts);
  }
  const order = accepted.length > 1 ? await askOrder(lane, plan, accepted) : undefined;
  return { suites: accepted, complete, ...(order === undefined ? {} : { order }) };
}

/** Eliminates one chunk into `accepted`; true when it ended in the server's refusal of what was left. */
async function drain(
  lane: Lane,
  plan: Plan,
  chunk: readonly number[],
  accepted: number[],
  doubts: { left: number },
): Promise<boolean> {
  let remaining = chunk.filter((suite) => !accepted.includes(suite));
  let doubted: Answer['kind'] | undefined;
  while (remaining.length > 0) {
    const answer = await lane.ask(plan, remaining);
    const suite = chosen(lane, answer);
    if (suite !== undefined) {
      if (!remaining.includes(suite)) return false;
      accepted.push(suite);
      remaining = remaining.filter((other) => other !== suite);
      doubted = undefined;
      continue;
    }
    if (isRefusal(answer)) return true;
    if (answer.kind === 'failed') return false;
    if (doubted !== undefined) return doubted === answer.kind && answer.kind !== 'timeout';
    // SChannel and others refuse by a bare reset, and so do rate limiters: what it was shows when an offer known to be
    // good is answered in between and the same end comes again.
    if (doubts.left === 0) return false;
    doubts.left -= 1;
    if (chosen(lane, await lane.ask(plan, accepted.slice(0, 1))) === undefined) return false;
    doubted = answer.kind;
  }
  return true;
}

/** A ServerHello of another version refuses too: the server would rather step down than take these suites. */
function isRefusal(answer: Answer | NoAnswer): boolean {
  return answer.kind === 'hello' || (answer.kind === 'alert' && refusals.has(answer.alert.code));
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

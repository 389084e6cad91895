import type { Answer, HelloAnswer } from './answer.ts';
import type { Lane, NoAnswer, Plan } from './lane.ts';
import { agreementFamilyOf } from './registry/key-exchange.ts';
import { alertCode } from './wire/alert.ts';
import { versionNumber } from './wire/version.ts';

/** What the first hello of a version came to. */
export type Opening =
  /** A ServerHello of this version, and the plan that brought it. */
  | { readonly kind: 'offered'; readonly first: HelloAnswer; readonly plan: Plan }
  /** The server answered and would not speak this version. */
  | { readonly kind: 'refused'; readonly answer: Answer }
  /** Twice a connection that ended without a word: a refusal if the host speaks another version. */
  | { readonly kind: 'silent'; readonly answer: Answer }
  | { readonly kind: 'unknown'; readonly answer: Answer | NoAnswer };

const refusals: ReadonlySet<number> = new Set([
  alertCode.handshakeFailure,
  alertCode.protocolVersion,
  alertCode.insufficientSecurity,
]);
/** Alerts about the name or the client, which say nothing of the version. */
const besidesThePoint: ReadonlySet<number> = new Set([
  alertCode.unrecognizedName,
  alertCode.accessDenied,
  alertCode.userCanceled,
]);

/**
 * Offers everything once. Where the answer is odd (an ignored hello, a reset, an alert that complains of the hello's
 * form) the cautious plan decides, after an end without an alert the offer without DH. `proven`: a full offer has been answered well on this service.
 */
export async function open(lane: Lane, proven: boolean): Promise<Opening> {
  const answer = await lane.ask(lane.usual, lane.offer);
  const opening = judge(lane, answer, lane.usual);
  if (opening !== undefined) return opening;
  if (proven && answer.kind === 'timeout') return { kind: 'unknown', answer };
  if (answer.kind === 'closed') {
    const without = await openWithoutDh(lane);
    if (without !== undefined) return without;
    if (proven && answer.by === 'fin') return { kind: 'silent', answer };
  }
  const second = await lane.ask(lane.cautious, lane.offer.slice(0, lane.cautious.atOnce));
  return judge(lane, second, lane.cautious) ?? judgeTwice(answer, second);
}
/**
 * A server that would choose DH and has no parameters for it ends the connection, whatever else it has. Undefined when
 * it ends this one too, and in TLS 1.3, where suites do not say how keys are agreed on.
 */
async function openWithoutDh(lane: Lane): Promise<Opening | undefined> {
  const offer = lane.offer.filter((suite) => agreementFamilyOf(suite) !== 'dh');
  if (offer.length === lane.offer.length) return undefined;
  return judge(lane, await lane.ask(lane.usual, offer), lane.usual);
}

function judge(lane: Lane, answer: Answer | NoAnswer, plan: Plan): Opening | undefined {
  switch (answer.kind) {
    case 'hello':
      return answer.hello.version === versionNumber(lane.protocol)
        ? { kind: 'offered', first: answer, plan }
        : { kind: 'refused', answer };
    case 'alert':
      if (refusals.has(answer.alert.code)) return { kind: 'refused', answer };
      return besidesThePoint.has(answer.alert.code) ? { kind: 'unknown', answer } : undefined;
    case 'not-tls':
    case 'sslv2':
    case 'failed':
      return { kind: 'unknown', answer };
    case 'malformed':
    case 'closed':
    case 'timeout':
      return undefined;
  }
}

function judgeTwice(first: Answer | NoAnswer, second: Answer | NoAnswer): Opening {
  if (second.kind === 'alert') return { kind: 'refused', answer: second };
  if (second.kind === 'closed' && first.kind !== 'timeout') return { kind: 'silent', answer: second };
  return { kind: 'unknown', answer: second };
}

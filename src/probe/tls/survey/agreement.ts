import type { Answer } from '../answer.ts';
import type { NoAnswer } from '../lane.ts';
import { legacyGroups } from '../registry/groups.ts';
import { keyExchangeOf } from '../registry/key-exchange.ts';
import { allSchemes } from '../registry/signature-schemes.ts';
import { parseServerKeyExchange, type ServerKeyExchange } from '../wire/server-key-exchange.ts';
import { begin, close, isOpen, isRefusal, strike, sureOf, type Elimination } from './elimination.ts';

/** Groups and schemes of TLS 1.2 and earlier by which one kind of certificate is used. */
export type Agreement = { readonly groups: Elimination; readonly schemes: Elimination };

export type AgreementPlan = {
  /** Asks for groups and schemes with suites of one kind of certificate; the whole flight is read. */
  readonly ask: (groups: readonly number[], schemes: readonly number[]) => Promise<Answer | NoAnswer>;
  /** Groups and schemes already seen. */
  readonly known: { readonly groups: readonly number[]; readonly schemes: readonly number[] };
  /** Which of the two to look for. */
  readonly wants: { readonly groups: boolean; readonly schemes: boolean };
  /**
   * Curve of the certificate's own key where only such certificates are to be had: without it in the offer a server
   * must refuse, so it stays in the offer, last.
   */
  readonly anchor?: number;
  /** Connections at most. */
  readonly most: number;
};

const nothing: Elimination = { accepted: [], remaining: [], complete: false };

/**
 * Eliminates groups and signature schemes together: one ServerKeyExchange names one of each, so that both lists cost
 * little more than the longer of them. After a refusal one question tells which of the two ran out.
 */
export async function agree({ ask, known, wants, anchor, most }: AgreementPlan): Promise<Agreement> {
  let groups = wants.groups ? begin(legacyGroups, known.groups) : nothing;
  let schemes = wants.schemes ? begin(allSchemes, known.schemes) : nothing;
  const anchors = anchor === undefined ? [] : [anchor];
  const asksGroups = () => isOpen(groups) && (together || !isOpen(schemes));
  const groupOffer = () => (asksGroups() ? [...new Set([...groups.remaining, ...anchors])] : legacyGroups);
  const learn = (ske: ServerKeyExchange) => {
    if (asksGroups() && ske.group !== undefined) groups = strike(groups, ske.group);
    if (isOpen(schemes) && ske.scheme !== undefined) schemes = strike(schemes, ske.scheme);
  };
  // Where several groups were named before there are hardly more, and each list is cheaper asked for by itself.
  const together = new Set(known.groups).size < 3;
  let asked = 0;
  const askOnce = (groupCodes: readonly number[], schemeCodes: readonly number[]) => {
    asked += 1;
    return ask(groupCodes, schemeCodes);
  };
  const put = async (schemeOffer: readonly number[], offer = groupOffer()) => {
    const answer = await sureOf(
      await askOnce(offer, schemeOffer),
      () => askOnce(legacyGroups, allSchemes),
      () => askOnce(offer, schemeOffer),
    );
    return read(answer);
  };

  while (asked < most && (isOpen(groups) || isOpen(schemes))) {
    const before = [groups, schemes];
    const result = await put(isOpen(schemes) ? schemes.remaining : allSchemes);
    if (result === undefined) break;
    if (result !== 'refused') learn(result);
    else if (!isOpen(schemes)) groups = close(groups);
    else if (!asksGroups()) schemes = close(schemes);
    else {
      // Schemes alone, of which servers have more, with every group: their refusal, or else it was the groups'.
      const again = groups.accepted.length === 0 ? undefined : await put(schemes.remaining, legacyGroups);
      if (again === undefined) break;
      if (again === 'refused') schemes = close(schemes);
      else {
        if (again.scheme !== undefined) schemes = strike(schemes, again.scheme);
        groups = close(groups);
      }
    }
    // A server that names neither would be asked for ever.
    if (groups === before[0] && schemes === before[1]) break;
  }
  return { groups, schemes };
}

/** What an answer names; 'refused'; or undefined when it tells nothing. */
function read(answer: Answer | NoAnswer): ServerKeyExchange | 'refused' | undefined {
  if (answer.kind === 'hello') {
    const { hello, rest } = answer;
    if (rest?.keyExchange === undefined) return undefined;
    return parseServerKeyExchange(rest.keyExchange, keyExchangeOf(hello.suite), hello.version);
  }
  return isRefusal(answer) || answer.kind === 'closed' ? 'refused' : undefined;
}

import type { Chain } from '../../model/facts/http.ts';
import { failure } from '../../model/failure.ts';
import { headerValues } from './headers.ts';
import { seen, unseen, type Part } from './part.ts';
import type { Plain } from './plain.ts';

/** Whether the answer that a chain ended on asks for a password; undefined when its body was not read to the end. */
function asksForPassword(chain: Chain): boolean | undefined {
  const last = chain.hops.at(-1);
  if (last === undefined || chain.end !== 'answer') return undefined;
  const byHeader =
    last.status === 401 && headerValues(last, 'www-authenticate').some((value) => /^(basic|digest)\b/i.test(value));
  if (byHeader || chain.body?.passwordField === true) return true;
  return chain.body === undefined || chain.body.cut ? undefined : false;
}

/** A page of the endpoint asks for a password, over HTTPS or in clear. */
export function passwordPageOf(chains: readonly Chain[]): Part<boolean> {
  const answers = chains.map(asksForPassword);
  if (answers.includes(true)) return seen(true);
  if (answers[0] === false) return seen(false);
  return unseen(chains[0]?.failure ?? failure('undecided', 'the page was not read to its end'));
}

/** A password is asked for in clear: true or false as far as the unencrypted URL was seen. */
export function passwordInClearOf(chain: Chain | null, plain: Part<Plain | null>): Part<boolean> {
  if ('unseen' in plain) return plain;
  if (chain === null || plain.seen?.ends !== 'content') return seen(false);
  const asks = asksForPassword(chain);
  return asks === undefined ? unseen(failure('undecided', 'the unencrypted page was not read to its end')) : seen(asks);
}

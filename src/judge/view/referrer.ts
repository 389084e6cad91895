import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, text } from '../../model/schema.ts';
import { headerTokens } from './headers.ts';

const policies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const;
type ReferrerPolicy = (typeof policies)[number];

/** The Referrer-Policy that applies to a page. */
export const referrerView = Type.Object(
  {
    /** As sent or written; null when nothing states a policy that browsers know. */
    value: Type.Union([text(8192), Type.Null()]),
    policy: oneOf(policies),
    /** The header or a `<meta>` states the policy; false: it is the default of browsers. */
    stated: Type.Boolean(),
    /** What states it: a `<meta name="referrer">` overrides the header for what the page asks for after it. */
    by: Type.Union([oneOf(['header', 'meta']), Type.Null()]),
  },
  closed,
);
export type Referrer = Static<typeof referrerView>;

/** Words that `<meta name="referrer">` had before the policies were named (HTML, 4.2.5.1). */
const oldWords: ReadonlyMap<string, ReferrerPolicy> = new Map([
  ['never', 'no-referrer'],
  ['always', 'unsafe-url'],
  ['origin-when-crossorigin', 'origin-when-cross-origin'],
]);

/** The last known word wins, a meta's over the header's; without one the default holds (W3C Referrer Policy, 8.1 and 3). */
export function referrerOf(header: string | null, metas: readonly string[] = []): Referrer {
  const byMeta = metas.flatMap((value) => {
    const word = value.trim().toLowerCase();
    const policy = oldWords.get(word) ?? word;
    return isPolicy(policy) ? [{ value: value.slice(0, 8192), policy }] : [];
  });
  const meta = byMeta.at(-1);
  if (meta !== undefined) return { ...meta, stated: true, by: 'meta' };
  const policy = header === null ? undefined : headerTokens(header).filter(isPolicy).at(-1);
  if (policy === undefined || header === null)
    return { value: null, policy: 'strict-origin-when-cross-origin', stated: false, by: null };
  return { value: header.slice(0, 8192), policy, stated: true, by: 'header' };
}

function isPolicy(word: string): word is ReferrerPolicy {
  return (policies as readonly string[]).includes(word);
}

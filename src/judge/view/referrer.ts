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
    /** As sent; null when the header is not there or says nothing a browser knows. */
    value: Type.Union([text(8192), Type.Null()]),
    policy: oneOf(policies),
    /** The header states the policy; false: it is the default of browsers. */
    stated: Type.Boolean(),
  },
  closed,
);
export type Referrer = Static<typeof referrerView>;

/** The last known word wins; without one the default holds (W3C Referrer Policy, 8.1 and 3). */
export function referrerOf(value: string | null): Referrer {
  const known = value === null ? [] : headerTokens(value).filter(isPolicy);
  const policy = known.at(-1);
  if (policy === undefined || value === null)
    return { value: null, policy: 'strict-origin-when-cross-origin', stated: false };
  return { value: value.slice(0, 8192), policy, stated: true };
}

function isPolicy(word: string): word is ReferrerPolicy {
  return (policies as readonly string[]).includes(word);
}

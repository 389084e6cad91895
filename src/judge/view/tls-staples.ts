import { Type, type Static } from '@sinclair/typebox';
import type { CertificateFacts, StapleFacts, TlsFacts } from '../../model/facts/tls.ts';
import type { Iso } from '../../model/observation.ts';
import { closed, instant, oneOf } from '../../model/schema.ts';
import { any, seenOnly } from './tls-seen.ts';

/** One stapled OCSP answer. */
export const stapleView = Type.Object(
  {
    status: oneOf(['good', 'revoked', 'unknown', 'error']),
    verified: Type.Boolean(),
    /** It had begun, and was not past its nextUpdate, when it was observed (RFC 6960 4.2.2.1). */
    current: Type.Optional(Type.Boolean()),
    thisUpdate: Type.Optional(instant()),
    nextUpdate: Type.Optional(instant()),
  },
  closed,
);
export type StapleView = Static<typeof stapleView>;

export type StapleViews = {
  staples?: StapleView[];
  /** A leaf names an OCSP responder, so that there is an answer to staple. */
  ocspNamed?: boolean;
  /** A leaf asks for a staple (RFC 7633). */
  mustStaple?: boolean;
  /** Every leaf that asks for a staple came with one. */
  mustStapleHonoured?: boolean;
};

/** Derives what is known of stapling. */
export function describeStaples(
  { staples }: Pick<TlsFacts, 'staples'>,
  leaves: readonly CertificateFacts[] | undefined,
  at: Iso,
): StapleViews {
  const asking = leaves?.filter(({ mustStaple }) => mustStaple === true) ?? [];
  return seenOnly<StapleViews>({
    staples: staples?.map((staple) => describeStaple(staple, at)),
    ocspNamed: leaves && any(leaves.map(({ ocspAddresses }) => ocspAddresses && ocspAddresses.length > 0)),
    mustStaple: leaves && any(leaves.map(({ mustStaple }) => mustStaple)),
    mustStapleHonoured:
      asking.length === 0 || staples === undefined
        ? undefined
        : asking.every(({ sha256 }) => staples.some(({ leaf }) => leaf === sha256)),
  });
}

function describeStaple({ leaf: _leaf, ...staple }: StapleFacts, at: Iso): StapleView {
  const { thisUpdate, nextUpdate } = staple;
  const now = Date.parse(at);
  if (thisUpdate === undefined) return staple;
  // Clocks differ: a responder may be minutes ahead.
  const begun = Date.parse(thisUpdate) <= now + 300_000;
  return { ...staple, current: begun && (nextUpdate === undefined || Date.parse(nextUpdate) >= now) };
}

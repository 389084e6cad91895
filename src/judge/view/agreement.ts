import { Type, type Static } from '@sinclair/typebox';
import type { Hop } from '../../model/facts/http.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import type { Csp } from './csp.ts';
import { headerTokens, headerValues, joinedHeader } from './headers.ts';

/**
 * Headers of one answer that do not agree: `repeated` one header says different things, `against-frame-ancestors`
 * X-Frame-Options says another thing than the policy that browsers obey in its place.
 */
export const disagreementView = Type.Object(
  { header: text(64), values: text(8192), kind: oneOf(['repeated', 'against-frame-ancestors']) },
  closed,
);
export type Disagreement = Static<typeof disagreementView>;

/** Headers of which one value counts, so that a second one is ignored or spoils both. */
const single = [
  'strict-transport-security',
  'x-frame-options',
  'x-content-type-options',
  'access-control-allow-origin',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'cross-origin-resource-policy',
  'content-type',
] as const;

export function disagreementsOf(hop: Hop, csp: Csp | null): readonly Disagreement[] {
  const repeated = single.flatMap((header): readonly Disagreement[] => {
    const values = [...new Set(headerValues(hop, header).map((value) => value.toLowerCase()))];
    return values.length < 2 ? [] : [{ header, values: values.join(' | ').slice(0, 8192), kind: 'repeated' }];
  });
  const framing = frameOptionsAgainst(hop, csp);
  return framing === null ? repeated : [...repeated, framing];
}

/** A list of hosts cannot be said in X-Frame-Options, so only what both can say is compared. */
function frameOptionsAgainst(hop: Hop, csp: Csp | null): Disagreement | null {
  const value = joinedHeader(hop, 'x-frame-options');
  const ancestors = csp?.frameAncestors ?? null;
  if (value === null || csp === null || ancestors === null) return null;
  const byPolicy = csp.anyAncestor
    ? 'any'
    : ancestors.length === 0 || ancestors.every((source) => source === "'none'")
      ? 'none'
      : ancestors.every((source) => source === "'self'")
        ? 'self'
        : null;
  const byOptions = new Map([
    ['deny', 'none'],
    ['sameorigin', 'self'],
  ]).get(headerTokens(value)[0] ?? '');
  if (byPolicy === null || byOptions === undefined || byPolicy === byOptions) return null;
  const values = `${value} | frame-ancestors ${ancestors.join(' ')}`.slice(0, 8192);
  return { header: 'x-frame-options', values, kind: 'against-frame-ancestors' };
}

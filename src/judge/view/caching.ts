import { Type, type Static } from '@sinclair/typebox';
import type { Hop } from '../../model/facts/http.ts';
import { closed, oneOf, text } from '../../model/schema.ts';
import { headerTokens, joinedHeader } from './headers.ts';

/** Whether caches that many people share may keep an answer (RFC 9111). */
export const cachingView = Type.Object(
  {
    /** Cache-Control as sent; null when not. */
    value: Type.Union([text(8192), Type.Null()]),
    /** `no-store` or `private` keeps it out of them. */
    keptOut: Type.Boolean(),
    /** Why it is somebody's own: it asks for a password, or it begins a session; null: it may be anybody's. */
    personal: Type.Union([oneOf(['password', 'session']), Type.Null()]),
  },
  closed,
);
export type Caching = Static<typeof cachingView>;

/** `private` with a list of fields keeps out those fields alone (RFC 9111, 5.2.2.7). */
export function cachingOf(hop: Hop, personal: Caching['personal']): Caching {
  const value = joinedHeader(hop, 'cache-control');
  const words = headerTokens(value ?? '').map((token) => token.trim());
  return {
    value: value?.slice(0, 8192) ?? null,
    keptOut: words.includes('no-store') || words.includes('private'),
    personal,
  };
}

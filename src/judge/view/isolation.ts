import { Type, type Static } from '@sinclair/typebox';
import type { Hop } from '../../model/facts/http.ts';
import { closed, text } from '../../model/schema.ts';
import { joinedHeader } from './headers.ts';

const stated = Type.Union([
  Type.Object(
    {
      value: text(8192),
      /** A browser keeps the page apart by it; false: the word is none it knows, or one that keeps nothing apart. */
      effective: Type.Boolean(),
    },
    closed,
  ),
  Type.Null(),
]);

/** The headers by which a page is kept apart from others in the browser; null where one is not sent. */
export const isolationView = Type.Object(
  {
    /** Cross-Origin-Opener-Policy: windows of other sites. */
    opener: stated,
    /** Cross-Origin-Embedder-Policy: what the page may embed. */
    embedder: stated,
    /** Cross-Origin-Resource-Policy: who may embed the answer. */
    resource: stated,
  },
  closed,
);
export type Isolation = Static<typeof isolationView>;

const openers = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'];

export function isolationOf(hop: Hop): Isolation {
  return {
    opener: statedBy(hop, 'cross-origin-opener-policy', openers, true),
    embedder: statedBy(hop, 'cross-origin-embedder-policy', ['require-corp', 'credentialless'], true),
    // Fetch, 3.7: the whole value, case and all; no parameters.
    resource: statedBy(hop, 'cross-origin-resource-policy', ['same-origin', 'same-site'], false),
  };
}

function statedBy(hop: Hop, name: string, words: readonly string[], parameters: boolean): Isolation['opener'] {
  const value = joinedHeader(hop, name);
  if (value === null) return null;
  // HTML, 7.1.3: a structured token; of several headers none is one.
  const word = parameters ? value.split(';')[0]?.trim() : value;
  return { value: value.slice(0, 8192), effective: words.some((one) => one === word) };
}

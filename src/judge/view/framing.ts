import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, text } from '../../model/schema.ts';
import type { Csp } from './csp.ts';
import { headerTokens } from './headers.ts';

/** Whether other sites may show the page in a frame, and which header says so. */
export const framingView = Type.Object(
  {
    limited: Type.Boolean(),
    /** The header that decides; null when none is sent. */
    by: Type.Union([oneOf(['content-security-policy', 'x-frame-options']), Type.Null()]),
    value: Type.Union([text(8192), Type.Null()]),
  },
  closed,
);
type Framing = Static<typeof framingView>;

/**
 * Decides as browsers do: `frame-ancestors` beats X-Frame-Options; X-Frame-Options that disagree with each other deny;
 * words a browser does not know, ALLOW-FROM among them, limit nothing.
 * https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header
 */
export function framingOf(csp: Csp | null, frameOptions: string | null): Framing {
  if (csp !== null && csp.frameAncestors !== null) {
    const value = `frame-ancestors ${csp.frameAncestors.join(' ')}`.trimEnd().slice(0, 8192);
    return { limited: !csp.anyAncestor, by: 'content-security-policy', value };
  }
  if (frameOptions === null) return { limited: false, by: null, value: null };
  const words = new Set(headerTokens(frameOptions));
  const known = ['deny', 'sameorigin'].some((word) => words.has(word)) || (words.size > 1 && words.has('allowall'));
  return { limited: known, by: 'x-frame-options', value: frameOptions.slice(0, 8192) };
}

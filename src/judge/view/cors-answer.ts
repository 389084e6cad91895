import { Type, type Static } from '@sinclair/typebox';
import type { WebQuestion } from '../../model/facts/web-asks.ts';
import { closed, text } from '../../model/schema.ts';
import { askedOnce, from, type Asks } from './asked.ts';
import { joinedHeader } from './headers.ts';
import type { Part } from './part.ts';

/** How the page answered to an Origin that is not its own. */
export const corsAnswerView = Type.Object(
  {
    /** The Origin that was sent. */
    sent: text(512),
    /** `Access-Control-Allow-Origin`; null: none. */
    allowOrigin: Type.Union([text(8192), Type.Null()]),
    credentials: Type.Boolean(),
    /** Pages of that origin may read the answer together with the visitor's session (Fetch, 3.3). */
    letsIn: Type.Boolean(),
  },
  closed,
);
export type CorsAnswer = Static<typeof corsAnswerView>;

export function corsAnswerOf(asks: Asks, word: WebQuestion): Part<CorsAnswer> {
  return from(askedOnce(asks, word), ({ hop, sent }) => {
    const origin = sent?.[1] ?? '';
    const allowOrigin = joinedHeader(hop, 'access-control-allow-origin')?.slice(0, 8192) ?? null;
    // Browsers compare by bytes: `True` and `*` beside credentials let nobody in.
    const credentials = joinedHeader(hop, 'access-control-allow-credentials') === 'true';
    return { sent: origin, allowOrigin, credentials, letsIn: credentials && allowOrigin === origin };
  });
}

/** The coding by which an answer was compressed for one who accepts it; null: it was not. */
export function compressionOf(asks: Asks): Part<string | null> {
  return from(askedOnce(asks, 'cors-stranger'), ({ hop }) => {
    const coding = joinedHeader(hop, 'content-encoding')?.slice(0, 64).toLowerCase() ?? 'identity';
    return coding === 'identity' || coding === '' ? null : coding;
  });
}

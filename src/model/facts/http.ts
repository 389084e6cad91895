import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, list, oneOf, text } from '../schema.ts';
import { pageSchema } from './page.ts';

/** One request and its answer. */
export const hopSchema = Type.Object(
  {
    url: text(2048),
    /** Literal address that answered. */
    address: text(45),
    status: Type.Integer({ minimum: 100, maximum: 999 }),
    /**
     * Name and value as sent: case, order and duplicates kept; each value cut at 8,192. The value of a cookie is a secret:
     * each of its characters stands as `*` (observations of `http/1` may still hold it).
     */
    headers: list(Type.Tuple([text(256), text(8192)]), 200),
    /** The answer had more headers, or longer ones, than we keep. */
    headersCut: Type.Boolean(),
    /** Where a 3xx answer points, resolved against `url`. */
    location: Type.Optional(text(2048)),
  },
  closed,
);
export type Hop = Static<typeof hopSchema>;

/**
 * A chain of redirects from one starting URL. `end` says why it stopped:
 * `answer` a status that is no redirect; `left-scope` the next hop is outside what may be contacted, so it was recorded
 * and not followed; `loop`; `too-many` (over 10); `failed` (see `failure`).
 */
export const chainSchema = Type.Object(
  {
    start: text(2048),
    hops: list(hopSchema, 11),
    end: oneOf(['answer', 'left-scope', 'loop', 'too-many', 'failed']),
    failure: Type.Optional(failureSchema),
    /** What the last answer's body showed, when it was read. */
    body: Type.Optional(
      Type.Object(
        {
          bytes: Type.Integer({ minimum: 0 }),
          /** The body was longer than we read. */
          cut: Type.Boolean(),
          contentType: Type.Union([text(256), Type.Null()]),
          title: Type.Union([text(512), Type.Null()]),
          generator: Type.Union([text(256), Type.Null()]),
          /** The page asks for a password. */
          passwordField: Type.Boolean(),
          /** What an HTML page says; absent for what is no HTML, and in observations of `http/1`. */
          page: Type.Optional(pageSchema),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Chain = Static<typeof chainSchema>;

/** Facts of one web endpoint on one address. A chain that is null does not exist for this endpoint. */
export const httpFacts = Type.Object(
  {
    /** From the https URL. */
    secure: Type.Union([chainSchema, Type.Null()]),
    /** From the http URL. */
    plain: Type.Union([chainSchema, Type.Null()]),
  },
  closed,
);
export type HttpFacts = Static<typeof httpFacts>;

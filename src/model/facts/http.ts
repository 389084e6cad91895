import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, list, oneOf, text } from '../schema.ts';
import { detectionMarker } from './detection-marker.ts';
import { answerBody, hopSchema, type Hop } from './http-answer.ts';
import { pageSchema } from './page.ts';
import { webAsksFacts } from './web-asks.ts';
import { webPaths } from './web-paths.ts';

export type { Hop };

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
          ...answerBody,
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

/** What the observation cost the endpoint in requests, redirects followed included. */
const requestsSchema = Type.Object(
  {
    made: Type.Integer({ minimum: 0 }),
    /** The most that were allowed. */
    most: Type.Integer({ minimum: 0 }),
    /** Questions that were not asked, for want of room or time, or because asking was stopped. */
    leftOut: Type.Integer({ minimum: 0 }),
    /** Why asking was stopped before its end. */
    stopped: Type.Optional(failureSchema),
  },
  closed,
);

/** Facts of one web endpoint on one address. A chain that is null does not exist for this endpoint. */
export const httpFacts = Type.Object(
  {
    /** From the https URL. */
    secure: Type.Union([chainSchema, Type.Null()]),
    /** From the http URL. */
    plain: Type.Union([chainSchema, Type.Null()]),
    /** Since `http/2`. */
    requests: Type.Optional(requestsSchema),
    asks: Type.Optional(webAsksFacts),
    /** Since `http/2`. */
    paths: Type.Optional(webPaths),
    /** In runs with a detection check. */
    detection: Type.Optional(detectionMarker),
  },
  closed,
);
export type HttpFacts = Static<typeof httpFacts>;

import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, instant, oneOf, text } from '../schema.ts';

/** A marker as it stands in a request's path and User-Agent. */
export const markerPattern = '^rs-[a-z2-7]{16}$';

/**
 * `answered`: the request was answered, so it reached the target. `unanswered`: it left and nothing came back; a filter
 * may have swallowed it. `not-sent`: there was no room, no permission, or the target was never reached.
 */
const deliveries = ['answered', 'unanswered', 'not-sent'] as const;
export type Delivery = (typeof deliveries)[number];

/** The marked request of a detection check, in runs that make one. */
export const detectionMarker = Type.Object(
  {
    marker: text(19, { pattern: markerPattern }),
    url: text(2048),
    delivery: oneOf(deliveries),
    /** Just before the request left; absent when it did not. */
    sentAt: Type.Optional(instant()),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 999 })),
    failure: Type.Optional(failureSchema),
  },
  closed,
);
export type DetectionMarker = Static<typeof detectionMarker>;

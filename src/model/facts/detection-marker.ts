import { Type, type Static } from '@sinclair/typebox';
import { deliveries, markerPattern } from '../detection.ts';
import { failureSchema } from '../failure.ts';
import { closed, instant, oneOf, text } from '../schema.ts';

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

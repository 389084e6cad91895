import type { DetectionMarker } from '../../../model/facts/detection-marker.ts';
import type { FailureCode } from '../../../model/failure.ts';
import { requestable } from '../start-urls.ts';
import type { WebContext, WebPart } from '../web-part.ts';

/** Failures by which the request may have come through to somebody who did not answer. */
const swallowed: ReadonlySet<FailureCode> = new Set<FailureCode>(['timeout', 'protocol', 'blocked', 'too-large']);

/** The answer's body is of no use. */
const bodyBytes = 1024;

/**
 * The one marked request of a detection check: a GET of a path that is the marker, with the marker in the User-Agent's
 * comment as well, because some logs keep the one and some the other. Nothing else about it is unlike our other requests.
 */
export const askMarked: WebPart = async (context) => {
  const { marker } = context;
  if (marker === undefined) return {};
  return { detection: await send(marker, context) };
};

async function send(marker: string, context: WebContext): Promise<DetectionMarker> {
  // The endpoint's own host alone: it is at this target's address, and the marker is that address's.
  const { endpoint } = context.target;
  const home = context.origins[0] ?? (endpoint.kind === 'web' ? requestable(new URL(endpoint.url)) : undefined);
  if (home === undefined) throw new TypeError(`a ${endpoint.kind} endpoint takes no marked request`);
  const url = new URL(`/${marker}`, home);
  const common = { marker, url: url.href.slice(0, 2048) };
  const sentAt = context.now();
  const asked = await context.ask({
    url,
    headers: { 'User-Agent': context.userAgent.replace(/\)$/, `; ${marker})`) },
    maxBodyBytes: bodyBytes,
    wantsBody: () => false,
  });
  switch (asked.outcome) {
    case 'answer':
      return { ...common, delivery: 'answered', sentAt, status: asked.answer.status };
    case 'left-out':
      return { ...common, delivery: 'not-sent', failure: asked.failure };
    case 'failed':
      return swallowed.has(asked.failure.code)
        ? { ...common, delivery: 'unanswered', sentAt, failure: asked.failure }
        : { ...common, delivery: 'not-sent', failure: asked.failure };
  }
}

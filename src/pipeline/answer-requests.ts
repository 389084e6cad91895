import { dayOf } from '../model/day.ts';
import type { Attachment, PendingRequest } from '../model/track/answer.ts';
import type { Life } from '../model/track/life.ts';
import type { Store } from '../store/types.ts';
import { recordOf } from '../track/chain.ts';
import { lastDayToAsk, pendingRequest } from '../track/ask.ts';

/** A request that waits for somebody else's decision. */
export type WaitingRequest = {
  readonly life: Life;
  readonly request: PendingRequest;
  /** What was shown for it in the same answer. */
  readonly attachments: readonly Attachment[];
  /** The last day that it would hold, the asked one or that of the rule. */
  readonly until: string;
};

/** Every request that waits for a decision at an instant, the oldest first. */
export async function waitingRequests(store: Store, at: string): Promise<readonly WaitingRequest[]> {
  const day = dayOf(at);
  const waiting = (await store.track.lives()).flatMap((life) => {
    const request = pendingRequest(life, day);
    return request === undefined ? [] : [{ life, request }];
  });
  const records = await store.track.recordsOf(waiting.map(({ life }) => life.id));
  const shown = records.flatMap((raw) => {
    const event = recordOf(raw)?.event;
    return event?.kind === 'attached' ? [event] : [];
  });
  return waiting
    .map(({ life, request }) => ({
      life,
      request,
      attachments: shown
        .filter(({ finding, sheet }) => finding === life.id && sheet?.answer === request.sheet?.answer)
        .map(({ name, size, sha256 }): Attachment => ({
          name,
          ...(size === undefined ? {} : { size }),
          ...(sha256 === undefined ? {} : { sha256 }),
        })),
      until: request.until ?? lastDayToAsk(life, day),
    }))
    .sort((a, b) => (a.request.at < b.request.at ? -1 : a.request.at > b.request.at ? 1 : 0));
}

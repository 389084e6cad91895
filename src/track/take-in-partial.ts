import type { RunEvent } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Lives } from './fold.ts';
import { takeIn, type Intake, type Taken } from './take-in.ts';

/** Whether a run looked at some findings or systems alone: no point of a trend. */
export const isOfSome = (event: RunEvent): boolean => 'verification' in event || 'partial' in event;

/**
 * Takes a look at everything of some systems into their lives, as a scan of a zone that holds nothing else: what is new there
 * is born, what is fixed passes, what its inventory no longer declares is gone. Lives that `concerns` refuses stay as they
 * were. Changes `lives`; otherwise pure.
 */
export function takeInPartial(lives: Lives, intake: Intake, concerns: (life: Life) => boolean): Taken {
  const own: Lives = new Map([...lives].filter(([, life]) => concerns(life)));
  const taken = takeIn(own, { ...intake, partial: true });
  for (const [id, life] of own) lives.set(id, life);
  return taken;
}

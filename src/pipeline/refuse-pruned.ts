import { dayOf } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';

/** Throws UserError for a run whose raw observations were removed: what would be concluded now would be concluded from nothing. */
export function refusePruned({ id, pruned }: Run): void {
  if (pruned === undefined) return;
  throw new UserError([
    { message: message('retention.refused', { run: id, day: dayOf(pruned.at), months: pruned.months }) },
  ]);
}

import type { Ask, Coverage } from '../inventory/describe-scope.ts';
import type { LeftTarget } from './known-looks.ts';
import { openingOf } from './openings.ts';

type LeftAsked = {
  readonly zone: string;
  readonly at: string;
  readonly ask: (asking: Ask) => Coverage;
  readonly retryHours: number;
};

/**
 * What of a look that was cut short is still to be done. Each target is tried again when its window opens; where by this
 * inventory it was open all the time (its name led elsewhere, the run's own deadline came), after some hours and not at once, so that
 * what is refused again and again is no endless run. What no document allows any more is dropped. Pure.
 */
export function createLeft({
  zone,
  at,
  ask,
  retryHours,
}: LeftAsked): (left: readonly LeftTarget[]) => readonly LeftTarget[] {
  return (left) =>
    left.filter(({ target, at: then }) => {
      const now = openingOf(target, zone, at, ask);
      if (now.hold !== 'due') return now.ever;
      if (Date.parse(at) - Date.parse(then) >= retryHours * 3_600_000) return true;
      return openingOf(target, zone, then, ask).hold !== 'due';
    });
}

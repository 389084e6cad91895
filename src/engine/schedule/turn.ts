import type { Severity } from '../../model/check.ts';
import type { Citation } from '../../model/citation.ts';
import { addDays, dayOf } from '../../model/day.ts';
import type { Iso } from '../../model/observation.ts';
import type { TurnReason } from '../../model/schedule.ts';
import type { Cadence } from './cadence.ts';

/** What is known of one system when its next look is worked out. */
export type TurnInput = {
  /** The latest run that had it in its plan and finished; `at` is its latest observation, or the run's end where nothing was seen. */
  readonly last?: { readonly at: Iso; readonly seen: number; readonly needed: number };
  /** What the latest look had to leave for another hour: the latest instant at which it was refused, and how many targets. */
  readonly left?: { readonly at: Iso; readonly targets: number };
  /** The gravest finding that is to be mended; what is set aside is none. */
  readonly gravest?: Severity;
  /** The latest day on which an owner said of something still failing that it is fixed. */
  readonly claimedFixed?: string;
  /** Intervals of texts, each with the day it makes the next look due. */
  readonly intervals: readonly {
    readonly on: string;
    readonly months: number;
    readonly cite: Citation;
    readonly binding: boolean;
  }[];
  /** Tasks of directives that a look proves, each with its last compliant day. */
  readonly directives: readonly { readonly task: string; readonly last: string; readonly cite: Citation }[];
};

/**
 * Every reason to look at a system again, in the order of their days; the first decides. Days that passed bring one look and
 * not one each: all are counted from the latest. Pure.
 */
export function turnReasonsOf(
  input: TurnInput,
  cadence: Cadence,
  today: string,
): readonly [TurnReason, ...TurnReason[]] {
  const { last } = input;
  if (last === undefined) return [{ kind: 'never-looked', on: today }];
  const from = dayOf(last.at);
  const after = (days: number) => addDays(from, days);
  const { gravest, claimedFixed, left } = input;
  const first: TurnReason =
    last.seen === 0
      ? { kind: 'unseen', on: after(cadence.unseen) }
      : gravest === undefined
        ? { kind: 'quiet', on: after(cadence.quiet) }
        : { kind: 'severity', severity: gravest, on: after(Math.min(cadence.days[gravest], cadence.quiet)) };
  const rest: readonly TurnReason[] = [
    ...(left === undefined ? [] : [{ kind: 'left' as const, on: dayOf(left.at), targets: left.targets }]),
    ...(claimedFixed === undefined || claimedFixed < from
      ? []
      : [{ kind: 'claimed-fixed' as const, on: later(addDays(claimedFixed, cadence.claimedFixed), addDays(from, 1)) }]),
    ...input.intervals.map(({ on, months, cite, binding }) => ({
      kind: 'interval' as const,
      on,
      months,
      cite,
      binding,
    })),
    ...input.directives.flatMap(({ task, last: lastDay, cite }): readonly TurnReason[] => {
      const on = addDays(lastDay, -cadence.directiveAhead);
      // A look since then shows it already; one before the window says nothing of the day itself.
      return from >= on ? [] : [{ kind: 'directive', on, task, last: lastDay, cite }];
    }),
  ];
  const [head, ...tail] = [first, ...rest].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return [head ?? first, ...tail];
}

const later = (a: string, b: string): string => (a < b ? b : a);

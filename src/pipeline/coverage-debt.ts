import { describeScope } from '../inventory/describe-scope.ts';
import { isFrom } from '../inventory/blackouts.ts';
import { addDays, daysBetween, startOfDay } from '../model/day.ts';
import type { Inventory } from '../model/inventory.ts';
import { openingOf, type Door } from './openings.ts';

/**
 * Counts the days of a stretch, the last not included, on which a blackout alone (the inventory's or a document's) kept a
 * system from being looked at: no hour of the day was open, and without blackouts one would have been. `real`: how the inventory
 * itself answers.
 */
export function createBlackoutDays(
  inventory: Inventory,
  zone: string,
  real: ReturnType<typeof describeScope>,
): (doors: readonly Door[], from: string, until: string) => number {
  const spans = [
    ...(inventory.blackouts ?? []).filter((one) => isFrom(one, zone)),
    ...inventory.authorisations.filter(({ zones }) => zones.includes(zone)).flatMap(({ blackouts = [] }) => blackouts),
    // Hours that pass midnight reach into the morning after the last day.
  ].map(({ from, until }) => ({ from, until: addDays(until, 1) }));
  if (spans.length === 0) return () => 0;
  // Most days lie in no blackout, and then nobody asks what it would be without.
  let asked: typeof real | undefined;
  const free: typeof real = (asking) => (asked ??= describeScope(withoutBlackouts(inventory)))(asking);
  const opensOn = (doors: readonly Door[], day: string, ask: typeof real): boolean => {
    const [begin, end] = [startOfDay(day), startOfDay(addDays(day, 1))];
    return doors.some((door) => {
      const { opening, ever } = openingOf(door, zone, begin, ask);
      if (opening !== undefined) return opening.from < end;
      // Only the address can tell which document covers it: whether a blackout holds is asked hour by hour.
      return ever && hoursFrom(begin).some((at) => openingOf(door, zone, at, ask).hold === 'due');
    });
  };
  return (doors, from, until) => {
    let count = 0;
    for (let n = daysBetween(from, until); n > 0; n -= 1) {
      const day = addDays(until, -n);
      if (!spans.some((span) => span.from <= day && day <= span.until)) continue;
      if (!opensOn(doors, day, real) && opensOn(doors, day, free)) count += 1;
    }
    return count;
  };
}

const hoursFrom = (begin: string): readonly string[] =>
  Array.from({ length: 24 }, (_, hour) => new Date(Date.parse(begin) + hour * 3_600_000).toISOString());

function withoutBlackouts({ blackouts: _, ...inventory }: Inventory): Inventory {
  return {
    ...inventory,
    authorisations: inventory.authorisations.map(({ blackouts: __, ...authorisation }) => authorisation),
  };
}

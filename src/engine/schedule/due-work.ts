import { daysBetween, dayOf } from '../../model/day.ts';
import type { Iso } from '../../model/observation.ts';
import type { Schedule, Turn } from '../../model/schedule.ts';
import type { TargetKey } from '../../model/target.ts';

/** What is to be looked at now from one zone. */
export type DueWork =
  | { readonly kind: 'nothing'; /** Systems that are due and must wait. */ readonly held: number }
  /** Everything of the zone. */
  | { readonly kind: 'scan' }
  | {
      readonly kind: 'partial';
      /** Systems whose turn has come. */
      readonly systems: readonly string[];
      /** Of other systems, what their last look had to leave. */
      readonly left: readonly { readonly system: string; readonly targets: readonly TargetKey[] }[];
    };

/**
 * What is due and may be looked at. Where that is at least half of the zone's systems, or nothing of the zone was scanned yet, or not
 * for long, everything is: a report is of a scan. What was left by a closed window is never reason enough for that. Pure.
 * `scannedAt`: the end of the newest finished scan; `wholeDays`: after how many days another follows.
 */
export function dueWorkOf(
  { turns, day }: Pick<Schedule, 'turns' | 'day'>,
  { scannedAt, wholeDays }: { readonly scannedAt?: Iso; readonly wholeDays: number },
): DueWork {
  const due = turns.filter(({ because }) => because[0].on <= day);
  const open = due.filter(({ hold }) => hold === 'due');
  if (open.length === 0) return { kind: 'nothing', held: due.length };
  const isWhole = ({ left }: Turn): boolean => left.length === 0;
  const whole = open.filter(isWhole);
  if (whole.length > 0 && scannedAt === undefined) return { kind: 'scan' };
  const old = scannedAt !== undefined && daysBetween(dayOf(scannedAt), day) >= wholeDays;
  if (whole.length > 0 && (old || whole.length * 2 >= turns.length)) return { kind: 'scan' };
  return {
    kind: 'partial',
    systems: whole.map(({ system }) => system),
    left: open.filter((turn) => !isWhole(turn)).map(({ system, left }) => ({ system, targets: left })),
  };
}

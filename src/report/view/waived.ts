import type { Finding } from '../../model/finding.ts';
import type { System, Waiver } from '../../model/inventory.ts';

/** The waiver in force on `day` (`YYYY-MM-DD`) for a failed finding, if its system has one. */
export function waiverOf(system: System, finding: Finding, day: string): Waiver | undefined {
  if (finding.outcome !== 'fail') return undefined;
  return system.waivers?.find(
    (waiver) =>
      waiver.check === finding.check &&
      (waiver.target === undefined || waiver.target === finding.target) &&
      waiver.until >= day,
  );
}

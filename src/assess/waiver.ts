import type { Finding } from '../model/finding.ts';
import type { System, Waiver } from '../model/inventory.ts';

/** The waiver in force on a day that sets this fail aside; it still holds on its last day, not after. */
export function waiverOf(system: System, finding: Finding, onDay: string): Waiver | undefined {
  if (finding.outcome !== 'fail') return undefined;
  return system.waivers?.find(
    (waiver) =>
      waiver.check === finding.check &&
      (waiver.target === undefined || waiver.target === finding.target) &&
      onDay <= waiver.until,
  );
}

import type { Finding } from './finding.ts';
import type { System, Waiver } from './inventory.ts';

/**
 * The waiver in force on a day (`YYYY-MM-DD`) that sets this fail aside; it still holds on its last day, not after. The one
 * rule in this room of types: what assesses and what shows must agree on it and may not import each other. Pure.
 */
export function waiverOf(system: System, finding: Finding, onDay: string): Waiver | undefined {
  if (finding.outcome !== 'fail') return undefined;
  return system.waivers?.find(
    (waiver) =>
      waiver.check === finding.check &&
      (waiver.target === undefined || waiver.target === finding.target) &&
      onDay <= waiver.until,
  );
}

import type { Severity } from '../model/check.ts';
import type { TrackSettings } from '../model/track/sighting.ts';

/** One bad night alarms nobody, one good night fixes nothing: two of each. Three blind runs make a finding not seen lately. */
export const defaultSettings: TrackSettings = { openAfter: 2, closeAfter: 2, unseenAfter: 3 };

/** So that a look at noon and the scan of that night are two, and two looks within one morning are one. */
export const defaultApartHours = 12;

/** Days that a waiver or a false alarm holds where its document names no end. A convention of this tool. */
export function defaultAsideDays(severity: Severity): number {
  return severity === 'critical' ? 90 : 365;
}

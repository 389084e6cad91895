import { failure } from '../model/failure.ts';
import type { Iso, Observation } from '../model/observation.ts';

/** How far another machine's clock may be off before what it says is doubted. */
export const clockLeewayMs = 300_000;

/** Whether an instant told by another machine lies in our future, beyond what clocks are off by. */
export const isAhead = (at: Iso, now: Iso): boolean => Date.parse(at) > Date.parse(now) + clockLeewayMs;

/**
 * Observations as they may be kept: one of the future is no evidence, for it would outlast every later look. In its place stands
 * that it was not seen, at the time of its coming, and what it claimed.
 */
export function soberClock(observations: readonly Observation[], now: Iso): readonly Observation[] {
  return observations.map((observation): Observation => {
    if (!isAhead(observation.at, now)) return observation;
    const { kind, target, zone, ms, probe, at } = observation;
    const detail = `said to be seen at ${at}, after it came in at ${now}: the clock of the machine that looked is wrong`;
    return { kind, target, zone, at: now, ms, probe, ok: false, failure: failure('undecided', detail) };
  });
}

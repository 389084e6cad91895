import type { Failure } from '../../model/failure.ts';
import type { Observation } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import type { LaneLooker } from './types.ts';

/** A lane that was spoilt so often is left to another worker. */
const mostSpoilt = 3;

/** Undefined: every look was spoilt. Throws the signal's reason. */
export async function lookUnspoilt(
  looker: LaneLooker,
  target: Target,
  signal: AbortSignal,
  unresolved: Readonly<Record<string, Failure>>,
): Promise<readonly Observation[] | undefined> {
  for (let spoilt = 0; spoilt < mostSpoilt; spoilt += 1) {
    signal.throwIfAborted();
    const observations = await looker.look(target, signal, unresolved);
    signal.throwIfAborted();
    if (observations !== undefined) return observations;
  }
  return undefined;
}

import type { Finding } from '../model/finding.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Iso, Kind, Observation } from '../model/observation.ts';
import type { Reference } from '../model/reference.ts';
import type { Target } from '../model/target.ts';
import type { CompiledCheck } from './compile.ts';
import { decide, type Decision, type Looks } from './decide.ts';
import { lookAtAll } from './look.ts';

export type JudgeInput = {
  readonly target: Target;
  readonly observations: readonly Observation[];
  /** Kinds that this target was to be observed by; a check that reads another does not apply to it. */
  readonly kinds: readonly Kind[];
  readonly reference: Reference;
  /** Absent until every target of the run was looked at. */
  readonly neighbours?: Neighbours;
};

/** Stands for the clock of a target of which there is no observation at all, not even a failed one. */
const noClock: Iso = '1970-01-01T00:00:00.000Z';

/**
 * Judges one target: one finding for each check that is about such targets, in the order of the checks. Pure: the same
 * observations, checks and reference give the same findings whenever it is asked.
 */
export function judgeTarget(compiled: readonly CompiledCheck[], input: JudgeInput): readonly Finding[] {
  const { target, observations, kinds, ...given } = input;
  const looks = lookAtAll(observations, { target, ...given });
  return compiled
    .filter(({ check }) => check.about.includes(target.kind))
    .map((one) => {
      const { id, severity, reads } = one.check;
      const decision: Decision = reads.every((kind) => kinds.includes(kind))
        ? decide(one, looks)
        : { outcome: 'not-applicable', evidence: [] };
      return { system: target.system, target: target.key, check: id, severity, ...decision, at: clockOf(reads, looks) };
    });
}

/** The latest clock of the kinds that were read, else of any. */
function clockOf(reads: readonly Kind[], looks: Looks): Iso {
  const read = reads.flatMap((kind) => looks[kind]?.at ?? []);
  const clocks = read.length > 0 ? read : Object.values(looks).map(({ at }) => at);
  return clocks.reduce((latest, at) => (at > latest ? at : latest), noClock);
}

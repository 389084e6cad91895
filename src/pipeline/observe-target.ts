import { neededKinds } from '../inventory/targets.ts';
import { compileChecks } from '../judge/compile.ts';
import { judgeTarget } from '../judge/judge.ts';
import { failure, type Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import type { Observation } from '../model/observation.ts';
import { nameKinds, type Target } from '../model/target.ts';
import { observeTarget, type Probes } from '../probe/observe.ts';
import type { Wire } from '../probe/wire/wire.ts';
import type { Lawbook } from '../store/types.ts';

/** Judges stored or fresh observations of one target by one lawbook. */
export function createJudge(
  lawbook: Lawbook,
): (target: Target, observations: readonly Observation[]) => readonly Finding[] {
  const compiled = compileChecks(lawbook.checks);
  return (target, observations) =>
    judgeTarget(compiled, { target, observations, kinds: neededKinds(target), reference: lawbook.reference });
}

export type Lookout = {
  readonly wire: Wire;
  readonly probes: Probes;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly unresolved: ReadonlyMap<string, Failure>;
  /** Why a domain may not be asked about, where it may not. */
  readonly forbidden: (name: string) => Failure | undefined;
};

/** Observes one target with everything it needs. */
export function lookAt(target: Target, lookout: Lookout): Promise<readonly Observation[]> {
  const missing = hindranceOf(target, lookout);
  return observeTarget(target, neededKinds(target), {
    wire: lookout.wire,
    probes: lookout.probes,
    deadlineMs: lookout.deadlineMs,
    signal: lookout.signal,
    ...(missing === undefined ? {} : { unresolved: missing }),
  });
}

/** Why a target cannot be looked at, known before anything is asked. */
function hindranceOf(target: Target, { unresolved, forbidden }: Lookout): Failure | undefined {
  if (nameKinds.has(target.kind)) return forbidden(target.name ?? '');
  if (target.address !== undefined) return undefined;
  return unresolved.get(target.key) ?? failure('dns', 'the name had no address when the run began');
}

/** What stands for a target that the run's deadline left no time for. */
export function notRun(target: Target, wire: Wire): readonly Observation[] {
  const at = wire.now();
  return neededKinds(target).map((kind) => ({
    kind,
    target: target.key,
    zone: wire.zone,
    at,
    ms: 0,
    probe: `${kind}/1`,
    ok: false,
    failure: failure('not-run', "the run's deadline came first"),
  }));
}

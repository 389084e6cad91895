import type { ReportTrack } from '../../../model/track/report-track.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import type { Task } from '../../../model/track/task.ts';

/** A failure by the place it is at: system, check, target. */
export type FailureKey = { readonly system: string; readonly check: string; readonly target: string };

/** What pages ask of the life of findings, gathered once: a report of 2,000 systems asks it 4,000 times. */
export type LifeLookup = {
  /** The life of a failure by what it is about; undefined where the run was not taken in. */
  readonly lifeOf: (failure: FailureKey) => TrackedFinding | undefined;
  /** Of some systems, in the order of the data. */
  readonly livesOf: (systems: Iterable<string>) => readonly TrackedFinding[];
  readonly tasksOf: (systems: Iterable<string>) => readonly Task[];
  /** The last instant at which another run than this one saw anything. */
  readonly runBefore: string | undefined;
};

/** Gathers it of a run. */
export function lifeLookup(track: ReportTrack | undefined, run: string): LifeLookup {
  const findings = track?.findings ?? [];
  const lives = new Map(findings.map((one) => [keyOf(one.life), one]));
  return {
    lifeOf: (failure) => lives.get(keyOf(failure)),
    livesOf: ofSystems(findings, ({ life }) => life.system),
    tasksOf: ofSystems(track?.tasks ?? [], ({ system }) => system),
    runBefore: track === undefined ? undefined : runBefore(track, run),
  };
}

function keyOf({ system, check, target }: FailureKey): string {
  return JSON.stringify([system, check, target]);
}

function ofSystems<T>(all: readonly T[], systemOf: (one: T) => string): (systems: Iterable<string>) => readonly T[] {
  const bySystem = Map.groupBy(all.entries(), ([, one]) => systemOf(one));
  return (systems) =>
    [...new Set(systems)]
      .flatMap((system) => bySystem.get(system) ?? [])
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
}

function runBefore({ strips }: ReportTrack, run: string): string | undefined {
  let last: string | undefined;
  for (const sightings of strips.values()) {
    for (const { run: of, at } of sightings) if (of !== run && (last === undefined || at > last)) last = at;
  }
  return last;
}

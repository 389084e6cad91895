import type { ReportTrack } from '../../../model/track/report-track.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import type { Text } from '../../../model/text.ts';
import { dayOf } from '../../../model/day.ts';
import type { PageRef } from '../../page-ref.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, groupBy, unknownCheck, type ReportIndex, type SystemFile } from '../report-index.ts';

/** One check that is mended somewhere, with where. */
export type MendedView = {
  readonly title: Text;
  readonly places: readonly {
    readonly system: { readonly name: Name; readonly ref: PageRef };
    readonly target: string;
    /** The day of the first pass that proves it. */
    readonly on: string;
  }[];
  readonly more: number;
};

/** What changed for the better, and for the worse, since the run before. */
export type Improved = {
  /** Null where the run was not taken in: nothing is known of before. */
  readonly known: boolean;
  /** The day of the run before; null: there was none. */
  readonly since: string | null;
  /** Proven mended since then, and passing now but not yet proven. */
  readonly mended: readonly MendedView[];
  readonly passing: readonly MendedView[];
  readonly counts: { readonly mended: number; readonly passing: number; readonly back: number; readonly fresh: number };
};

const mostPlaces = 6;

/** Compares a run with the one before it, over some systems. */
export function improved(index: ReportIndex, files: readonly SystemFile[]): Improved {
  const { track, run } = index.data;
  const none = { mended: [], passing: [], counts: { mended: 0, passing: 0, back: 0, fresh: 0 } };
  if (track === undefined) return { known: false, since: null, ...none };
  const since = index.life.runBefore;
  if (since === undefined) return { known: true, since: null, ...none };
  const systems = new Map(files.map((file) => [file.system.id, file]));
  const own = index.life.livesOf(systems.keys());
  const became = (id: string, state: string) =>
    (track.history.get(id) ?? []).some(({ at, event }) => event.kind === 'state' && event.to === state && at > since);
  const mended = own.filter(({ life, state }) => state === 'fixed-verified' && became(life.id, 'fixed-verified'));
  const passing = own.filter(({ life, state }) => state !== 'fixed-verified' && passesNow(track, life.id, run.id));
  return {
    known: true,
    since: dayOf(since),
    mended: mendedViews(index, systems, mended),
    passing: mendedViews(index, systems, passing),
    counts: {
      mended: mended.length,
      passing: passing.length,
      back: own.filter(({ life, state }) => state === 'reopened' && became(life.id, 'reopened')).length,
      fresh: own.filter(({ life }) => life.bornAt > since && life.phase !== 'fixed').length,
    },
  };
}

/** It failed when it was last told before, and passes in this run. */
function passesNow({ strips }: ReportTrack, id: string, run: string): boolean {
  const told = (strips.get(id) ?? []).filter(({ mark }) => mark === 'pass' || mark === 'fail');
  return told.at(-1)?.run === run && told.at(-1)?.mark === 'pass' && told.at(-2)?.mark === 'fail';
}

function mendedViews(
  { checks }: ReportIndex,
  systems: ReadonlyMap<string, SystemFile>,
  findings: readonly TrackedFinding[],
): readonly MendedView[] {
  return [...groupBy(findings, ({ life }) => life.check)]
    .map(([check, of]): MendedView => {
      const places = of.flatMap(({ life }) => {
        const file = systems.get(life.system);
        if (file === undefined) return [];
        const system = { name: nameOf(file.system), ref: { page: 'system', id: file.system.id } as const };
        return [{ system, target: life.target, on: dayOf(life.passedAt ?? life.lastAt) }];
      });
      const severity = of[0]?.life.severity ?? 'info';
      return {
        title: (checks.get(check) ?? unknownCheck({ check, severity })).title,
        places: places.slice(0, mostPlaces),
        more: Math.max(0, places.length - mostPlaces),
      };
    })
    .toSorted((a, b) => b.places.length - a.places.length || compare(a.title.vi, b.title.vi));
}

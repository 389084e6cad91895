import type { ReportData } from '../../../model/report-data.ts';
import type { ReportTrack } from '../../../model/track/report-track.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import type { Trend } from '../../../model/track/trend.ts';

/** The life of findings, looked up by system. */
export type LifeIndex = {
  readonly track: ReportTrack;
  readonly trend: Trend;
  /** Up to this run there was no other: nothing can have changed yet. */
  readonly single: boolean;
  readonly bySystem: ReadonlyMap<string, readonly TrackedFinding[]>;
};

/** Null where the run was not taken in, or was before there were trends. */
export function lifeIndex({ track }: ReportData): LifeIndex | null {
  if (track?.trend === undefined) return null;
  return {
    track,
    trend: track.trend,
    single: track.trend.runs.length < 2,
    bySystem: Map.groupBy(track.findings, ({ life }) => life.system),
  };
}

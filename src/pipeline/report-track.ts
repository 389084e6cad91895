import { dayOf } from '../model/day.ts';
import type { Run } from '../model/run.ts';
import type { HistoryRecord } from '../model/track/history.ts';
import type { ReportTrack } from '../model/track/report-track.ts';
import type { Store } from '../store/types.ts';
import { recordOf } from '../track/chain.ts';
import { loadTrack } from './track-view.ts';

/** The life of the findings of a run's zone on the day of the run; undefined for a run that was not taken in. */
export async function loadReportTrack(store: Store, run: Run): Promise<ReportTrack | undefined> {
  if (!(await store.track.runs()).includes(run.id)) return undefined;
  const day = dayOf(run.endedAt ?? run.startedAt);
  const { findings: all, tasks, tally } = await loadTrack(store, day);
  const findings = all.filter(({ life }) => life.zone === run.zone);
  const ids = findings.map(({ life }) => life.id);
  const records = (await store.track.recordsOf(ids)).flatMap((raw) => recordOf(raw) ?? []);
  const ofFinding = (record: HistoryRecord) => ('finding' in record.event ? record.event.finding : '');
  return {
    day,
    findings,
    tasks,
    tally,
    strips: Map.groupBy(await store.track.sightingsOf(ids), ({ finding }) => finding),
    history: Map.groupBy(records, ofFinding),
  };
}

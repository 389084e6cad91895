import { applicableFrameworks } from '../assess/applicable.ts';
import { dayOf } from '../model/day.ts';
import type { SystemDetection } from '../model/detection.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { ReportData } from '../model/report-data.ts';
import type { Run } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { Judgement, Store } from '../store/types.ts';
import { loadRunControls } from './control-readings.ts';
import { detectionsOf } from './layers.ts';
import { trackGround, type TrackGround } from './report-track.ts';

/** What every report of one run is drawn from, whoever it is for: read once for all of them. */
export type ReportCommon = {
  readonly judgement: Judgement;
  readonly inventory: Inventory;
  readonly targets: readonly Target[];
  readonly ground: TrackGround;
  readonly detections: readonly SystemDetection[];
  /** When each system was last seen. */
  readonly lookedAt: ReadonlyMap<string, Iso>;
  /** What stands in the data of each as it is. */
  readonly as: Pick<
    ReportData,
    | 'run'
    | 'inventory'
    | 'checks'
    | 'frameworks'
    | 'targets'
    | 'asides'
    | 'controls'
    | 'costs'
    | 'resolverCosts'
    | 'judgedAt'
    | 'excludedSystems'
  >;
};

/** Reads it, by the latest judgement. */
export async function readReportCommon(store: Store, run: Run): Promise<ReportCommon> {
  const judgement = await store.judgement(run.id);
  const inventory = await store.inventory(run.id);
  const targets = await store.targets(run.id);
  const asides = await store.asides(judgement.id);
  const excluded = (await store.settings(run.id))['excludedSystems'];
  const { checks, frameworks } = judgement.lawbook;
  const at = run.endedAt ?? run.startedAt;
  return {
    judgement,
    inventory,
    targets,
    ground: await trackGround(store, run, { inventory, judgement }),
    detections: await detectionsOf(store, run),
    lookedAt: await store.lastSeen(at),
    as: {
      run,
      inventory,
      checks,
      frameworks: applicableFrameworks(frameworks, dayOf(at), inventory.province.id),
      targets,
      ...(asides === undefined ? {} : { asides }),
      controls: await loadRunControls(store, run, { inventory, lawbook: judgement.lawbook }, targets),
      costs: await store.costs(run.id),
      resolverCosts: await store.resolverCosts(run.id),
      judgedAt: judgement.at,
      excludedSystems: typeof excluded === 'number' ? excluded : 0,
    },
  };
}

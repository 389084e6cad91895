import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { withholdIn } from './control-readings.ts';
import { judgeTogether } from './judge-together.ts';
import { asidesOfRun } from './run-asides.ts';
import { trackRun, trackRuns } from './track-run.ts';

export type Closing = {
  readonly store: Store;
  readonly run: string;
  readonly zone: string;
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  /** Absent: this machine's clock. */
  readonly at?: Iso;
};

/**
 * Closes a scan all of whose targets were looked at. What is seen is taken into the life of findings before it is
 * assessed, for that tells what is set aside today. A process that dies between does all of it again when the run is taken
 * up, and the history takes no run twice.
 */
export async function closeRun(closing: Closing): Promise<void> {
  const { store, run, zone, inventory, lawbook, at = new Date().toISOString() } = closing;
  const judgement = await store.judgement(run);
  await judgeTogether(store, run, judgement.id, lawbook);
  await withholdIn(store, run, judgement.id, { inventory, zone, lawbook });
  await trackRuns(store);
  await trackRun(store, run, at);
  const targets = await store.targets(run);
  const findings = await store.findings(judgement.id);
  const asides = await asidesOfRun(store, { zone, findings, inventory, at });
  const assessments = assessRun({ inventory, targets, findings, lawbook, asides, at });
  await store.saveAssessments(judgement.id, assessments, asides);
  await store.finishRun(run, 'finished', at);
}

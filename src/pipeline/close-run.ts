import type { Inventory } from '../model/inventory.ts';
import type { Iso } from '../model/observation.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { assessRun } from './assess-run.ts';
import { leftOf } from './known-looks.ts';
import { withholdIn } from './control-readings.ts';
import { judgeTogether } from './judge-together.ts';
import { concernsOf, partialOf } from './partial.ts';
import { asidesOfRun } from './run-asides.ts';
import type { TakenRun } from './grow-trend.ts';
import { loadTrend } from './load-trend.ts';
import { keepStrips } from './strips.ts';
import { noteRun, trackRun, trackRuns } from './track-run.ts';

export type Closing = {
  readonly store: Store;
  readonly run: string;
  readonly zone: string;
  readonly inventory: Inventory;
  readonly lawbook: Lawbook;
  /** The clock; absent: this machine's. */
  readonly now?: () => Iso;
};

/**
 * Closes a scan all of whose targets were looked at. What is seen is taken into the life of findings before it is
 * assessed, for that tells what is set aside today. A process that dies between does all of it again when the run is taken
 * up, and the history takes no run twice. A partial run is closed the same way, but for assessments: those are of everything.
 */
export async function closeRun(closing: Closing): Promise<void> {
  const { store, run, zone, inventory, lawbook, now = () => new Date().toISOString() } = closing;
  const at = now();
  const judgement = await store.judgement(run);
  const partial = (await store.run(run))?.kind === 'partial';
  await judgeTogether(store, run, judgement.id, lawbook, undefined, partial ? await besideOf(closing) : undefined);
  await withholdIn(store, run, judgement.id, { inventory, zone, lawbook });
  await trackRuns(store);
  const taken = await trackRun(store, run, at);
  const targets = await store.targets(run);
  const findings = await store.findings(judgement.id);
  const asides = await asidesOfRun(store, { zone, findings, inventory, at });
  const assessments = partial ? [] : assessRun({ inventory, targets, findings, lawbook, asides, at });
  await store.saveAssessments(judgement.id, assessments, asides);
  await tellLeft(store, run, at);
  await store.finishRun(run, 'finished', at);
  if (taken !== undefined) await countRun(store, run, taken);
  await keepStrips(store);
}

/** Counts the run into the trend of its zone, so that nobody who asks for it waits for a year of runs. */
async function countRun(store: Store, id: string, taken: TakenRun): Promise<void> {
  if (await noteRun(store, id, taken)) return;
  const run = await store.run(id);
  if (run !== undefined && run.kind === undefined) await loadTrend(store, { zone: run.zone });
}

/** The newest scan of the zone, for what a partial run left out. */
async function besideOf({ store, run, zone }: Closing): Promise<Parameters<typeof judgeTogether>[5]> {
  const scan = (await store.runs()).find((one) => one.state === 'finished' && one.zone === zone);
  if (scan === undefined) return undefined;
  const concerns = concernsOf(partialOf(await store.settings(run)));
  return { run: scan.id, of: (target) => !concerns(target) };
}

/** Says of a run how much of it was left to the next look, for the hour did not allow it or the run's own time was up. */
async function tellLeft(store: Store, run: string, at: Iso): Promise<void> {
  const cut = (await store.runLooks(run)).filter((look) => look.cut > 0).map(({ system }) => system);
  if (cut.length === 0) return;
  const left = [...(await leftOf(store, run, new Set(cut))).values()].flat();
  const told = new Set((await store.runEvents(run)).map(({ kind }) => kind));
  for (const [kind, by] of leftWords) {
    const targets = left.filter((one) => one.by === by).length;
    if (targets > 0 && !told.has(kind)) await store.addRunEvent(run, { at, kind, detail: { targets } });
  }
}
const leftWords = [
  ['window-closed', 'hours'],
  ['deadline-passed', 'deadline'],
] as const;

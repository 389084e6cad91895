import { layerStatuses } from '../assess/layers/status.ts';
import type { FindingAside } from '../model/aside.ts';
import type { Check } from '../model/check.ts';
import type { SystemDetection } from '../model/detection.ts';
import type { FindingHead } from '../model/finding.ts';
import type { Framework } from '../model/framework.ts';
import type { Inventory } from '../model/inventory.ts';
import type { LayerStatus } from '../model/layer-status.ts';
import type { Run } from '../model/run.ts';
import type { ScanLook } from '../model/scan-look.ts';
import { addDays, dayOf, startOfDay } from '../model/day.ts';
import type { Target } from '../model/target.ts';
import type { Store } from '../store/types.ts';
import { detectionOfRun, lastDetectionRun } from './detection.ts';

export type LayersInput = {
  readonly inventory: Inventory;
  readonly findings: readonly FindingHead[];
  /** What sets fails aside; absent: the inventory's waivers by their date. */
  readonly asides?: readonly FindingAside[];
  readonly targets: readonly Target[];
  readonly checks: readonly Check[];
  readonly frameworks: readonly Framework[];
  readonly looks: readonly ScanLook[];
  readonly detections: readonly SystemDetection[];
  readonly at: string;
};

/** The four layers of every system, in the inventory's order. */
export function layersOf(input: LayersInput): readonly LayerStatus[] {
  const findings = Map.groupBy(input.findings, ({ system }) => system);
  const targets = Map.groupBy(input.targets, ({ system }) => system);
  const looks = Map.groupBy(input.looks, ({ system }) => system);
  const detections = new Map(input.detections.map((detection) => [detection.system, detection]));
  const { checks, frameworks, asides, at } = input;
  return input.inventory.systems.flatMap((system) => {
    const detection = detections.get(system.id);
    return layerStatuses({
      system,
      findings: findings.get(system.id) ?? [],
      targets: targets.get(system.id) ?? [],
      looks: looks.get(system.id) ?? [],
      ...(asides === undefined ? {} : { asides }),
      ...(detection === undefined ? {} : { detection }),
      checks,
      frameworks,
      at,
      province: input.inventory.province.id,
    });
  });
}

/** The layers of a stored run by its latest judgement, as its report has them: of all systems, or of one. */
export async function layersOfRun(
  store: Store,
  run: Run,
  system?: string,
): Promise<{
  readonly layers: readonly LayerStatus[];
  readonly inventory: Inventory;
  readonly checks: readonly Check[];
}> {
  const judgement = await store.judgement(run.id);
  const inventory = await store.inventory(run.id);
  const { checks, frameworks } = judgement.lawbook;
  const asides = await store.asides(judgement.id);
  const asked = system === undefined ? inventory.systems : inventory.systems.filter(({ id }) => id === system);
  const layers = layersOf({
    inventory: { ...inventory, systems: asked },
    findings: await store.findingHeads(judgement.id, system === undefined ? {} : { systems: [system] }),
    ...(asides === undefined ? {} : { asides }),
    targets: await store.targets(run.id, undefined, system),
    checks,
    frameworks,
    looks: await looksUpTo(store, run, system === undefined ? undefined : [system]),
    detections: await detectionsOf(store, run),
    at: run.endedAt ?? run.startedAt,
  });
  return { layers, inventory, checks };
}

/** The claims of an inventory alone, with nothing seen beside them. */
export function claimedLayers(
  inventory: Inventory,
  lawbook: Pick<LayersInput, 'checks' | 'frameworks'>,
  at: string,
): readonly LayerStatus[] {
  return layersOf({ inventory, ...lawbook, findings: [], targets: [], looks: [], detections: [], at });
}

/** The scans of this tool that the layers of a run are told by: as of the day on which it ended. */
export async function looksUpTo(store: Store, run: Run, systems?: readonly string[]): Promise<readonly ScanLook[]> {
  const before = startOfDay(addDays(dayOf(run.endedAt ?? run.startedAt), 1));
  return store.wholeLooks({ until: run.startedAt, before, ...(systems === undefined ? {} : { systems }) });
}

/** What the latest detection check up to a run came to. */
export async function detectionsOf(store: Store, run: Run): Promise<readonly SystemDetection[]> {
  const checked = await lastDetectionRun(store, run.startedAt, async ({ id }) => {
    // A newer check that nobody has answered yet does not undo an older one that was.
    return (await store.detectionReturns(id)).length > 0;
  });
  return checked === undefined ? [] : detectionOfRun(store, checked.id);
}

import { pagesOf } from '../assess/level/questions.ts';
import { taskStatus } from '../assess/tasks/status.ts';
import { deriveSoftware } from '../judge/view/software.ts';
import { dayOf } from '../model/day.ts';
import { own as ownOf } from '../model/own.ts';
import type { Reference } from '../model/reference.ts';
import type { ReportData } from '../model/report-data.ts';
import type { Run } from '../model/run.ts';
import type { AssessedTarget, SoftwareItemView } from '../model/software/assessed.ts';
import type { Target } from '../model/target.ts';
import type { Observation } from '../model/observation.ts';
import { layersOf, looksUpTo } from './layers.ts';
import type { Judgement, KnownByTarget, Store } from '../store/types.ts';
import { createLevels } from './levels.ts';
import { readReportCommon, type ReportCommon } from './report-common.ts';
import { ownSystems, readAll, readOwn } from './report-evidence.ts';
import { loadReportTrack } from './report-track.ts';

/**
 * Everything that a report of one run is drawn from, as stored, by its latest judgement. With `owner`, the id of an organisation:
 * what is read of the systems that it owns or operates, with what `ownData` needs of the others to leave them out. With `only`, what
 * the pages of the province show. `common`: as read already, for who asks for many.
 */
export async function loadReportData(
  store: Store,
  run: Run,
  { owner, only }: { readonly owner?: string; readonly only?: 'province' } = {},
  common?: ReportCommon,
): Promise<ReportData> {
  const { judgement, inventory, targets, ground, detections, lookedAt, as } =
    common ?? (await readReportCommon(store, run));
  const own = owner === undefined ? undefined : ownSystems(inventory, owner);
  const { observations, findings, assessments, known } =
    own === undefined ? await readAll(store, run, judgement.id) : await readOwn(store, run, judgement.id, own, targets);
  const { checks, frameworks, levels: book } = judgement.lawbook;
  const asides = as.asides === undefined ? {} : { asides: as.asides };
  const at = run.endedAt ?? run.startedAt;
  const has = (system: string): boolean => own?.includes(system) !== false;
  const asked = { ...inventory, systems: inventory.systems.filter(({ id }) => has(id)) };
  const looks = await looksUpTo(store, run, own);
  const track = await loadReportTrack(store, run, ground, { systems: own, present: only !== undefined });
  const layers = layersOf({
    inventory: asked,
    findings,
    ...asides,
    targets,
    checks,
    frameworks,
    looks,
    detections,
    at,
  });
  const seen = { inventory, targets, pages: pagesOf(observations), findings };
  return {
    ...as,
    observations,
    findings,
    assessments,
    ...(only === undefined ? { software: assessedSoftware(targets, observations, judgement, known) } : {}),
    ...(book === undefined ? {} : { levels: createLevels({ ...seen, book, onDay: dayOf(at) }).all(has) }),
    // Where an owner's items stand depends on its own systems alone; those of others are left out (`ownData`).
    tasks: taskStatus({ inventory, frameworks, assessments, findings, ...asides, lookedAt, at }),
    ...(layers.length === 0 ? {} : { layers }),
    ...(track === undefined ? {} : { track }),
  };
}

/** The dates of support tables and of CISA's list, where something was told by them. */
function leanedOn(
  items: readonly SoftwareItemView[],
  { endOfLife, feeds }: Reference,
): NonNullable<AssessedTarget['leanedOn']> {
  const days = items
    .filter(({ line }) => line !== undefined)
    .flatMap(({ product }) => ownOf(endOfLife?.products ?? {}, product)?.asOf ?? endOfLife?.asOf ?? []);
  const kev = items.some(({ namedByKev }) => namedByKev !== undefined) ? feeds?.kev?.date.slice(0, 10) : undefined;
  return [
    ...[...new Set(days)].map((date) => ({ feed: 'end-of-life' as const, date })),
    ...(kev === undefined ? [] : [{ feed: 'kev' as const, date: kev }]),
  ];
}

/** The software of each target, seen again as the judgement saw it. */
function assessedSoftware(
  targets: readonly Target[],
  observations: readonly Observation[],
  { lawbook }: Judgement,
  known: KnownByTarget,
): readonly AssessedTarget[] {
  const byKey = new Map(targets.map((target) => [target.key, target]));
  return observations.flatMap((observation) => {
    const target = byKey.get(observation.target);
    if (observation.kind !== 'software' || !observation.ok || target === undefined) return [];
    const software = known.get(target.key);
    const reference = { ...lawbook.reference, ...(software === undefined ? {} : { software }) };
    const { view } = deriveSoftware(observation.facts, { at: observation.at, target, reference });
    const items = view.assessed ?? [];
    return [{ target: target.key, items, leanedOn: leanedOn(items, reference) }];
  });
}

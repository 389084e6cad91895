import { applicableFrameworks } from '../assess/applicable.ts';
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
import { loadRunControls } from './control-readings.ts';
import { layerEvidence, layersOf } from './layers.ts';
import type { Judgement, KnownByTarget, Store } from '../store/types.ts';
import { createLevels } from './levels.ts';
import { ownSystems, readAll, readOwn } from './report-evidence.ts';
import { loadReportTrack } from './report-track.ts';

/**
 * Everything that a report of one run is drawn from, as stored, by its latest judgement. With `owner`, the id of an organisation:
 * what is read of the systems that it owns or operates, with what `ownData` needs of the others to leave them out. With `only`, what
 * the pages of the province show.
 */
export async function loadReportData(
  store: Store,
  run: Run,
  { owner, only }: { readonly owner?: string; readonly only?: 'province' } = {},
): Promise<ReportData> {
  const judgement = await store.judgement(run.id);
  const settings = await store.settings(run.id);
  const inventory = await store.inventory(run.id);
  const excluded = settings['excludedSystems'];
  const targets = await store.targets(run.id);
  const own = owner === undefined ? undefined : ownSystems(inventory, owner);
  const { observations, findings, assessments, known } =
    own === undefined ? await readAll(store, run, judgement.id) : await readOwn(store, run, judgement.id, own, targets);
  const kept = await store.asides(judgement.id);
  const asides = kept === undefined ? {} : { asides: kept };
  const { checks, frameworks } = judgement.lawbook;
  const at = run.endedAt ?? run.startedAt;
  const onDay = dayOf(at);
  const book = judgement.lawbook.levels;
  const has = (system: string): boolean => own?.includes(system) !== false;
  const asked = { ...inventory, systems: inventory.systems.filter(({ id }) => has(id)) };
  const evidence = await layerEvidence(store, run, own);
  const track = await loadReportTrack(
    store,
    run,
    { inventory, judgement },
    { systems: own, present: only !== undefined },
  );
  const about = { findings, ...asides, targets, checks, frameworks, ...evidence, at };
  const layers = layersOf({ inventory: asked, ...about });
  const seen = { inventory, targets, pages: pagesOf(observations), findings };
  return {
    run,
    inventory,
    checks,
    frameworks: applicableFrameworks(frameworks, onDay, inventory.province.id),
    targets,
    observations,
    findings,
    assessments,
    ...asides,
    controls: await loadRunControls(store, run, { inventory, lawbook: judgement.lawbook }, targets),
    costs: await store.costs(run.id),
    resolverCosts: await store.resolverCosts(run.id),
    ...(only === undefined ? { software: assessedSoftware(targets, observations, judgement, known) } : {}),
    ...(book === undefined ? {} : { levels: createLevels({ ...seen, book, onDay }).all(has) }),
    tasks: taskStatus({
      inventory,
      frameworks,
      // Where an owner's items stand depends on its own systems alone; those of others are left out (`ownData`).
      assessments,
      findings,
      ...asides,
      lookedAt: await store.lastSeen(at),
      at,
    }),
    judgedAt: judgement.at,
    excludedSystems: typeof excluded === 'number' ? excluded : 0,
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

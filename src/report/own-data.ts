import type { Evidence, Finding } from '../model/finding.ts';
import { familyOf, type ControlStanding, type RunControls } from '../model/control.ts';
import type { Observation } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import type { ReportData } from '../model/report-data.ts';
import type { TaskItem, TaskStatus } from '../model/task-status.ts';
import { taskStates } from '../model/task-status.ts';
import type { ReportTrack } from '../model/track/report-track.ts';
import type { Trend } from '../model/track/trend.ts';
import { ownInventory } from './own-inventory.ts';
import { tallyOf } from '../model/track/tally.ts';

/** Stands for the name of a target of somebody else, in evidence that had to compare with it. */
export const anothersTarget = '⟨…⟩';

/**
 * What one organisation may be shown of a run: the systems that it owns or operates, whole, and nothing of anybody
 * else's. Documents of authorisation are narrowed to what covers its own endpoints; totals are counted anew; our own
 * resolvers are left out. Unknown organisations have no systems. Pure.
 */
export function ownData(data: ReportData, organisation: string): ReportData {
  const targetsOfAll = new Map(data.targets.map((target) => [target.key, target]));
  const systems = new Set(
    data.inventory.systems
      .filter(({ owner, operator }) => owner === organisation || operator === organisation)
      .map(({ id }) => id),
  );
  const has = ({ system }: { readonly system: string }) => systems.has(system);
  const targets = data.targets.filter(has);
  const keys = new Set(targets.map(({ key }) => key));
  const addresses = new Set(targets.flatMap(({ address }) => address ?? []));
  const foreign = (text: string) => targetsOfAll.has(text) && !keys.has(text);
  const findings = data.findings.filter(has).map((finding) => withoutOthers(finding, foreign));
  const inventory = ownInventory(data.inventory, organisation, targets);
  return {
    run: data.run,
    inventory,
    checks: data.checks,
    frameworks: data.frameworks,
    targets,
    observations: data.observations.filter(({ target }) => keys.has(target)),
    findings,
    assessments: data.assessments.filter(has),
    ...(data.asides === undefined ? {} : { asides: data.asides.filter(has) }),
    costs: data.costs.filter(({ address }) => addresses.has(address)),
    resolverCosts: [],
    ...(data.controls === undefined ? {} : { controls: ownControls(data.controls, targets, data.observations) }),
    ...(data.software === undefined ? {} : { software: data.software.filter(({ target }) => keys.has(target)) }),
    ...(data.levels === undefined ? {} : { levels: data.levels.filter(has) }),
    ...(data.tasks === undefined ? {} : { tasks: ownTasks(data.tasks, systems, organisation) }),
    judgedAt: data.judgedAt,
    excludedSystems: inventory.systems.filter(({ excluded }) => excluded !== undefined).length,
    ...(data.layers === undefined ? {} : { layers: data.layers.filter(has) }),
    ...(data.track === undefined ? {} : { track: ownTrack(data.track, systems) }),
  };
}

/** Who vouches for what was read of its own targets; our own servers are nobody's to know. */
function ownControls(
  { standings }: RunControls,
  targets: readonly Target[],
  observations: readonly Observation[],
): RunControls {
  const families = new Map(targets.map((target) => [target.key, familyOf(target)]));
  const own = standings.flatMap((standing): readonly ControlStanding[] => {
    const seen = observations.filter(
      ({ kind, target }) => kind === standing.kind && families.get(target) === standing.family,
    );
    return seen.length === 0 ? [] : [{ ...standing, targets: seen.length }];
  });
  return { standings: own, readings: [], costs: [], resolverCosts: [] };
}

/** Checks that compare targets name the others in their evidence; these names are left out. Pure. */
export function withoutOthers(finding: Finding, foreign: (text: string) => boolean): Finding {
  const evidence = finding.evidence.map((one): Evidence => ({ ...one, saw: scrub(one.saw, foreign) }));
  return { ...finding, evidence };
}

function scrub(value: unknown, foreign: (text: string) => boolean): unknown {
  if (typeof value === 'string') return foreign(value) ? anothersTarget : value;
  if (Array.isArray(value)) return value.map((one: unknown) => scrub(one, foreign));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrub(one, foreign)]));
}

/** Tasks that fall on the organisation or one of its systems, each where its own items stand. */
function ownTasks(status: TaskStatus, systems: ReadonlySet<string>, organisation: string): TaskStatus {
  const items = status.items.filter(({ subject }) =>
    subject.kind === 'system'
      ? systems.has(subject.system)
      : subject.kind === 'organisation' && subject.organisation === organisation,
  );
  const byTask = Map.groupBy(items, ({ task }) => task);
  const urgency = (item: TaskItem) => taskStates.indexOf(item.state);
  const tasks = status.tasks.flatMap(({ days: _days, ...task }) => {
    const its = byTask.get(task.id) ?? [];
    const [first] = its.toSorted((a, b) => urgency(a) - urgency(b));
    if (first === undefined) return [];
    // Of a task with one item alone, its own record tells the six "rõ"; which others it falls on must not change that.
    const clear = (its.length === 1 ? first.clear : undefined) ?? task.clear;
    return [{ ...task, clear, state: first.state, ...(first.days === undefined ? {} : { days: first.days }) }];
  });
  return { ...status, tasks, items };
}

function ownTrack(track: ReportTrack, systems: ReadonlySet<string>): ReportTrack {
  const findings = track.findings.filter(({ life }) => systems.has(life.system));
  const ids = new Set(findings.map(({ life }) => life.id));
  const own = <T>(byFinding: ReadonlyMap<string, T>) => new Map([...byFinding].filter(([id]) => ids.has(id)));
  return {
    day: track.day,
    findings,
    tasks: track.tasks.filter(({ system }) => systems.has(system)),
    tally: tallyOf(findings, track.day),
    strips: own(track.strips),
    history: own(track.history),
    ...(track.trend === undefined ? {} : { trend: ownTrend(track.trend, systems) }),
  };
}

/** Totals are sums over systems, so those of others are in none of them. */
function ownTrend({ runs, systems: all }: Trend, systems: ReadonlySet<string>): Trend {
  return { runs, systems: new Map([...all].filter(([id]) => systems.has(id))) };
}

import { asideFinder, type AsideOf, type FindingAside } from '../../model/aside.ts';
import type { Assessment, Verdict } from '../../model/assessment.ts';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { Framework, Obligation } from '../../model/framework.ts';
import type { System } from '../../model/inventory.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';
import type { SystemLevel } from '../../model/level.ts';
import type { LayerStatus, LayerVerdict } from '../../model/layer-status.ts';
import type { Observation } from '../../model/observation.ts';
import type { ReportData } from '../../model/report-data.ts';
import type { ScanCost } from '../../model/run.ts';
import type { AssessedTarget } from '../../model/software/assessed.ts';
import type { Target } from '../../model/target.ts';
import { shippedSelfChecks, type SelfChecks } from '../self-checks.ts';
import { fold, tally, type Tally } from './tally.ts';
import { dayOf } from '../../model/day.ts';
import { lifeIndex, type LifeIndex } from './life/life-index.ts';
import { lifeLookup, type LifeLookup } from './life/life-lookup.ts';

/** An obligation with the framework it stands in. */
export type Bound = { readonly framework: Framework; readonly obligation: Obligation };

/** An assessment with what it is about. */
export type Assessed = Bound & { readonly assessment: Assessment };

/** A failed finding and what is known of it. */
export type Failed = { readonly finding: Finding; readonly check: Check };

/** A failed finding with what sets it aside. */
export type SetAsideFail = Failed & { readonly aside: FindingAside };

/** Everything about one system, gathered once. */
export type SystemFile = {
  readonly system: System;
  /** By key. */
  readonly targets: readonly Target[];
  readonly findings: readonly Finding[];
  /** Without obligations that are not in the frameworks given. */
  readonly assessed: readonly Assessed[];
  readonly observations: readonly Observation[];
  readonly costs: readonly ScanCost[];
  /** Failures that nobody has set aside. */
  readonly open: readonly Failed[];
  readonly waived: readonly SetAsideFail[];
  /** Set aside as false alarms. */
  readonly falsePositives: readonly SetAsideFail[];
  /** Verdicts over binding obligations: good practice counts nowhere in a total. */
  readonly tally: Tally;
  readonly verdict: Verdict;
  /** Verdict for each of the four layers, where a framework asks for it. */
  readonly layers: Readonly<Partial<Record<Layer, Verdict>>>;
  /** The word that each layer stands under; empty in data older than the six words. */
  readonly layerWords: Readonly<Partial<Record<Layer, LayerVerdict>>>;
};

export type Layer = 1 | 2 | 3 | 4;
export const layerNumbers = [1, 2, 3, 4] as const satisfies readonly Layer[];

/** A report's data, looked up by id, in one pass over it. */
export type ReportIndex = {
  readonly data: ReportData;
  /** The day of the run in the province's time; all deadlines are counted from it. */
  readonly today: string;
  readonly checks: ReadonlyMap<string, Check>;
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly files: readonly SystemFile[];
  readonly fileOf: ReadonlyMap<string, SystemFile>;
  /** Organisations with a page: they own or operate a system of the report, or a task falls on them. */
  readonly paged: ReadonlySet<string>;
  /** What is told of each system's level, by id. */
  readonly levelOf: ReadonlyMap<string, SystemLevel>;
  /** The life of findings over the runs up to this one. */
  readonly lives: LifeIndex | null;
  readonly life: LifeLookup;
  /** Words of the layers by system. */
  readonly layersOf: ReadonlyMap<string, readonly LayerStatus[]>;
  /** The software of each target, by its key. */
  readonly softwareOf: ReadonlyMap<string, AssessedTarget>;
  /** Commands by which owners see for themselves that a change worked. */
  readonly selfChecks: SelfChecks;
};

/** Builds the index. Excluded systems are in no list. */
export function reportIndex(data: ReportData, selfChecks: SelfChecks = shippedSelfChecks()): ReportIndex {
  const end = data.run.endedAt ?? data.run.startedAt;
  const today = dayOf(end);
  const checks = new Map(data.checks.map((check) => [check.id, check]));
  const bound = new Map<string, Bound>();
  for (const framework of data.frameworks) {
    for (const obligation of framework.obligations) bound.set(obligation.id, { framework, obligation });
  }
  const targets = groupBy(data.targets, (target) => target.system);
  const findings = groupBy(data.findings, (finding) => finding.system);
  const assessments = groupBy(data.assessments, (assessment) => assessment.system);
  const observations = groupBy(data.observations, (observation) => observation.target);
  const words = groupBy(data.layers ?? [], ({ system }) => system);
  const costs = new Map(data.costs.map((cost) => [cost.address, cost]));
  const asideOf = asideFinder(data.asides, data.inventory.systems, today);
  const files = data.inventory.systems
    .filter((system) => system.excluded === undefined)
    .map((system) => {
      const own = (targets.get(system.id) ?? []).toSorted((a, b) => compare(a.key, b.key));
      const addresses = [...new Set(own.flatMap((target) => target.address ?? []))].sort();
      return fileOf(system, asideOf, checks, {
        targets: own,
        findings: findings.get(system.id) ?? [],
        assessed: (assessments.get(system.id) ?? []).flatMap((assessment) => {
          const where = bound.get(assessment.obligation);
          return where === undefined ? [] : [{ assessment, ...where }];
        }),
        observations: own.flatMap((target) => observations.get(target.key) ?? []),
        costs: addresses.flatMap((address) => costs.get(address) ?? []),
        layerWords: Object.fromEntries((words.get(system.id) ?? []).map(({ layer, verdict }) => [layer, verdict])),
      });
    });
  return {
    data,
    today,
    checks,
    organisations: new Map(data.inventory.organisations.map((organisation) => [organisation.id, organisation])),
    files,
    fileOf: new Map(files.map((file) => [file.system.id, file])),
    paged: paged(files, data),
    levelOf: new Map((data.levels ?? []).map((level) => [level.system, level])),
    lives: lifeIndex(data),
    life: lifeLookup(data.track, data.run.id),
    layersOf: words,
    softwareOf: new Map((data.software ?? []).map((one) => [one.target, one])),
    selfChecks,
  };
}

function paged(files: readonly SystemFile[], { tasks }: ReportData): ReadonlySet<string> {
  const asked = (tasks?.items ?? []).flatMap(({ subject }) =>
    subject.kind === 'organisation' ? [subject.organisation] : [],
  );
  return new Set([...files.flatMap(({ system }) => [system.owner, system.operator]), ...asked]);
}

type Gathered = Pick<SystemFile, 'targets' | 'findings' | 'assessed' | 'observations' | 'costs' | 'layerWords'>;

function fileOf(system: System, asideOf: AsideOf, checks: ReadonlyMap<string, Check>, own: Gathered): SystemFile {
  const open: Failed[] = [];
  const setAside = { waived: [] as SetAsideFail[], 'false-positive': [] as SetAsideFail[] };
  for (const finding of own.findings) {
    if (finding.outcome !== 'fail') continue;
    const check = checks.get(finding.check) ?? unknownCheck(finding);
    const aside = asideOf(finding);
    if (aside === undefined) open.push({ finding, check });
    else setAside[aside.as].push({ finding, check, aside });
  }
  const binding = own.assessed.filter(isBinding);
  const all = tally(binding.map(({ assessment }) => assessment.verdict));
  const layers: Partial<Record<Layer, Verdict>> = {};
  for (const layer of layerNumbers) {
    const of = binding.filter(({ obligation }) => obligation.layer === layer);
    if (of.length > 0) layers[layer] = fold(tally(of.map(({ assessment }) => assessment.verdict)));
  }
  const { waived, 'false-positive': falsePositives } = setAside;
  return { system, ...own, open, waived, falsePositives, tally: all, verdict: fold(all), layers };
}

/** A check that is no longer in the catalogue still shows its failures, by its id. */
export function unknownCheck(finding: Pick<Finding, 'check' | 'severity'>): Check {
  const id = { vi: finding.check, en: finding.check };
  return {
    id: finding.check,
    title: id,
    why: id,
    severity: finding.severity,
    about: [],
    reads: [],
    rule: {},
    fix: {},
    change: finding.check,
    sources: [],
    since: '',
    examples: [],
  };
}

/** Whether an obligation binds; good practice is advice and is told apart from the law. */
function isBinding(bound: { readonly framework: Framework }): boolean {
  return bound.framework.kind !== 'good-practice';
}

/** Orders text by code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Groups in order of first appearance. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const of = key(item);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [item]);
    else group.push(item);
  }
  return groups;
}

import { asideFinder, type FindingAside } from '../../model/aside.ts';
import type { Check } from '../../model/check.ts';
import type { SystemDetection } from '../../model/detection.ts';
import { dayOf } from '../../model/day.ts';
import type { Finding } from '../../model/finding.ts';
import type { Framework } from '../../model/framework.ts';
import type { System } from '../../model/inventory.ts';
import { layers, type LayerNumber, type LayerRules } from '../../model/layer-rules.ts';
import type { LayerStatus } from '../../model/layer-status.ts';
import type { Iso } from '../../model/observation.ts';
import type { ScanLook } from '../../model/scan-look.ts';
import type { Target } from '../../model/target.ts';
import { applicableObligations } from '../applicable.ts';
import { claimOf } from '../claim.ts';
import { gather, type EvidenceSource } from '../evidence.ts';
import { foldClaim } from '../fold.ts';
import { dueOf } from './due.ts';
import { evidenceBeside } from './evidence.ts';
import { documentOf } from './fields.ts';
import { gapsOf } from './gaps.ts';
import { verdictOf } from './verdict.ts';

/** One system and all that is known of its layers. Everything but the system may be empty: the claims alone. */
export type LayerInput = {
  readonly system: System;
  readonly findings: readonly Finding[];
  readonly frameworks: readonly Framework[];
  readonly checks: readonly Pick<Check, 'id' | 'about'>[];
  readonly targets?: readonly Pick<Target, 'key' | 'kind'>[];
  /** What sets fails aside; absent: the inventory's waivers by their date. */
  readonly asides?: readonly FindingAside[];
  /** Runs of this tool over the system. */
  readonly looks: readonly ScanLook[];
  /** The latest detection check of the system. */
  readonly detection?: SystemDetection;
  /** The clock that days are held against. */
  readonly at: Iso;
  readonly province: string;
};

/** The rules that a lawbook holds for the four layers; undefined: none of its texts has any (older runs). */
function layerRulesOf(frameworks: readonly Framework[], onDay: string): LayerRules | undefined {
  return frameworks.find(
    ({ layerRules, inForce }) =>
      layerRules !== undefined && inForce.from <= onDay && (inForce.to === undefined || onDay <= inForce.to),
  )?.layerRules;
}

/**
 * What each of the four layers of a system comes to, in six words (src/assess/README.md). Nothing is said of systems of
 * quân sự, quốc phòng, cơ yếu, nor where no text has rules.
 */
export function layerStatuses(input: LayerInput): readonly LayerStatus[] {
  const { system } = input;
  const onDay = dayOf(input.at);
  const rules = layerRulesOf(input.frameworks, onDay);
  if (system.excluded !== undefined || rules === undefined) return [];
  const own = { ...input, findings: input.findings.filter((finding) => finding.system === system.id) };
  const source = sourceOf(own, onDay);
  return layers.map((layer) => statusOf(own, source, layer, rules, onDay));
}

/** When scans and the assessment of a system fall due again, as its third layer has it; looks of other systems are none of its. */
export function layerDues({
  system,
  frameworks,
  looks,
  at,
}: Pick<LayerInput, 'system' | 'frameworks' | 'looks' | 'at'>): LayerStatus['due'] {
  const onDay = dayOf(at);
  const rules = layerRulesOf(frameworks, onDay);
  return system.excluded !== undefined || rules === undefined ? [] : dueOf(rules, system, looks, onDay);
}

function statusOf(
  input: LayerInput,
  source: EvidenceSource,
  layer: LayerNumber,
  rules: LayerRules,
  onDay: string,
): LayerStatus {
  const { system } = input;
  const asked = askedOf(input, layer, onDay);
  const evidence = gather(asked ?? [], source);
  const held = claimOf(system, `layers.${layer}`);
  const gaps = gapsOf(rules, system, layer, onDay);
  const due = layer === 3 ? dueOf(rules, system, input.looks, onDay) : [];
  const detection = layer === 2 || layer === 4 ? input.detection : undefined;
  const { verdict, because } = verdictOf({
    system,
    layer,
    asked: asked !== undefined,
    answeredOn: answeredOn(input),
    held,
    folded: foldClaim(held, evidence, onDay),
    waived: evidence.waived.length > 0,
    falsePositive: evidence.falsePositives.length > 0,
    gaps,
    due,
    detection,
    rules: rules.detection,
    onDay,
  });
  return {
    system: system.id,
    layer,
    verdict,
    because,
    asOf: onDay,
    claim:
      held === undefined
        ? null
        : {
            says: held.claim.says,
            document: documentOf(system, layer) ?? null,
            on: held.claim.on ?? null,
            until: held.claim.until ?? null,
          },
    ...gaps,
    evidence: evidenceBeside(system, layer, held, evidence, detection),
    coverage: evidence.coverage,
    due,
    detection: detection ?? null,
  };
}

/** The checks that can deny a layer; undefined: no text in force asks the layer of the system. */
function askedOf(input: LayerInput, layer: LayerNumber, onDay: string): readonly string[] | undefined {
  const texts = input.frameworks.filter(({ kind }) => kind === 'layers');
  const own = applicableObligations(input.system, texts, onDay, input.province)
    .filter(({ obligation }) => obligation.layer === layer)
    .map(({ obligation }) => obligation.checks);
  return own.length === 0 ? undefined : [...new Set(own.flat())];
}

/** The checks of a lawbook are the same for every system of a province. */
const byId = new WeakMap<LayerInput['checks'], EvidenceSource['checks']>();

function checksById(checks: LayerInput['checks']): EvidenceSource['checks'] {
  const known = byId.get(checks) ?? new Map(checks.map((check) => [check.id, check]));
  byId.set(checks, known);
  return known;
}

function sourceOf({ system, findings, checks, targets, asides }: LayerInput, onDay: string): EvidenceSource {
  return {
    system,
    findings,
    checks: checksById(checks),
    ...(targets === undefined ? {} : { targets }),
    asideOf: asideFinder(asides, [system], onDay),
  };
}

/** The last day on which a machine of the system answered, by what could be judged of it; names alone do not count. */
function answeredOn({ findings, targets = [] }: LayerInput): string | undefined {
  const machines = new Set(targets.filter(({ kind }) => kind !== 'domain' && kind !== 'mail').map(({ key }) => key));
  let last = '';
  for (const { target, outcome, at } of findings)
    if (at > last && (outcome === 'pass' || outcome === 'fail') && machines.has(target)) last = at;
  return last === '' ? undefined : dayOf(last);
}

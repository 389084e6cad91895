import { asideFinder, type FindingAside } from '../../model/aside.ts';
import type { Check } from '../../model/check.ts';
import type { SystemDetection } from '../../model/detection.ts';
import { dayOf } from '../../model/day.ts';
import type { FindingHead } from '../../model/finding.ts';
import type { Framework } from '../../model/framework.ts';
import type { System } from '../../model/inventory.ts';
import { layers, type LayerNumber, type LayerRules } from '../../model/layer-rules.ts';
import type { LayerStatus } from '../../model/layer-status.ts';
import type { Iso } from '../../model/observation.ts';
import type { ScanLook } from '../../model/scan-look.ts';
import type { Target } from '../../model/target.ts';
import { applicableObligations } from '../applicable.ts';
import { claimOf } from '../claim.ts';
import { checksById, gather, type EvidenceSource } from '../evidence.ts';
import { foldClaim } from '../fold.ts';
import { dueOf } from './due.ts';
import { evidenceBeside } from './evidence.ts';
import { documentOf } from './fields.ts';
import { gapsOf } from './gaps.ts';
import { verdictOf } from './verdict.ts';

/** One system and all that is known of its layers. Everything but the system may be empty: the claims alone. */
export type LayerInput = {
  readonly system: System;
  readonly findings: readonly FindingHead[];
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

type LayerLaw = {
  readonly onDay: string;
  /** Undefined: none of the texts has any (older runs). */
  readonly rules: LayerRules | undefined;
  readonly texts: readonly Framework[];
};

/** What a lawbook holds for the four layers on a day: the same for every system of a province. */
function layerLawOf(frameworks: readonly Framework[], onDay: string): LayerLaw {
  const known = lawOn.get(frameworks);
  if (known?.onDay === onDay) return known;
  const rules = frameworks.find(
    ({ layerRules, inForce }) =>
      layerRules !== undefined && inForce.from <= onDay && (inForce.to === undefined || onDay <= inForce.to),
  )?.layerRules;
  const law = { onDay, rules, texts: frameworks.filter(({ kind }) => kind === 'layers') };
  lawOn.set(frameworks, law);
  return law;
}
const lawOn = new WeakMap<readonly Framework[], LayerLaw>();

/**
 * What each of the four layers of a system comes to, in six words (src/assess/README.md). Nothing is said of systems of
 * quân sự, quốc phòng, cơ yếu, nor where no text has rules.
 */
export function layerStatuses(input: LayerInput): readonly LayerStatus[] {
  const { system } = input;
  const onDay = dayOf(input.at);
  const { rules, texts } = layerLawOf(input.frameworks, onDay);
  if (system.excluded !== undefined || rules === undefined) return [];
  const own = { ...input, findings: input.findings.filter((finding) => finding.system === system.id) };
  const about: About = {
    source: sourceOf(own, onDay),
    asked: askedOf(own, texts, onDay),
    answeredOn: answeredOn(own),
    onDay,
  };
  return layers.map((layer) => statusOf(own, about, layer, rules));
}

/** When scans and the assessment of a system fall due again, as its third layer has it; looks of other systems are none of its. */
export function layerDues({
  system,
  frameworks,
  looks,
  at,
}: Pick<LayerInput, 'system' | 'frameworks' | 'looks' | 'at'>): LayerStatus['due'] {
  const onDay = dayOf(at);
  const { rules } = layerLawOf(frameworks, onDay);
  return system.excluded !== undefined || rules === undefined ? [] : dueOf(rules, system, looks, onDay);
}

/** What the four layers of a system have in common. */
type About = {
  readonly source: EvidenceSource;
  /** The checks that can deny each layer that a text in force asks of the system. */
  readonly asked: ReadonlyMap<LayerNumber | undefined, readonly string[]>;
  readonly answeredOn: string | undefined;
  readonly onDay: string;
};

function statusOf(
  input: LayerInput,
  { source, asked: byLayer, answeredOn, onDay }: About,
  layer: LayerNumber,
  rules: LayerRules,
): LayerStatus {
  const { system } = input;
  const asked = byLayer.get(layer);
  const evidence = gather(asked ?? [], source);
  const held = claimOf(system, `layers.${layer}`);
  const gaps = gapsOf(rules, system, layer, onDay);
  const due = layer === 3 ? dueOf(rules, system, input.looks, onDay) : [];
  const detection = layer === 2 || layer === 4 ? input.detection : undefined;
  const { verdict, because } = verdictOf({
    system,
    layer,
    asked: asked !== undefined,
    answeredOn,
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

function askedOf({ system, province }: LayerInput, texts: readonly Framework[], onDay: string): About['asked'] {
  const own = Map.groupBy(
    applicableObligations(system, texts, onDay, province).map(({ obligation }) => obligation),
    ({ layer }) => layer,
  );
  return new Map([...own].map(([layer, those]) => [layer, [...new Set(those.flatMap(({ checks }) => checks))]]));
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

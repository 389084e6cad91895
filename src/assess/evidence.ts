import type { Coverage, WaivedFail } from '../model/assessment.ts';
import type { Check, CheckId, Outcome } from '../model/check.ts';
import type { FindingHead } from '../model/finding.ts';
import type { AsideOf } from '../model/aside.ts';
import type { System } from '../model/inventory.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Target, TargetKey, TargetKind } from '../model/target.ts';

/** Findings of one obligation's checks for one system, sorted by what they say. */
export type Evidence = {
  /** Not set aside. */
  readonly fails: readonly FindingHead[];
  readonly waived: readonly WaivedFail[];
  /** Set aside as false alarms. */
  readonly falsePositives: readonly WaivedFail[];
  readonly passes: readonly FindingHead[];
  readonly unseen: readonly FindingHead[];
  readonly notApplicable: readonly FindingHead[];
  /** Answers that were needed and of which there is not even a finding. */
  readonly missing: number;
  readonly coverage: Coverage;
};

/** What evidence is gathered from. `targets`: what was planned for the system, where that is known. */
export type EvidenceSource = {
  readonly system: System;
  readonly findings: readonly FindingHead[];
  readonly checks: ReadonlyMap<CheckId, Pick<Check, 'about'>>;
  readonly targets?: readonly Pick<Target, 'key' | 'kind'>[];
  readonly asideOf: AsideOf;
};

/** Checks by their id: those of a lawbook are the same for every system of a province. */
export function checksById(checks: readonly Pick<Check, 'id' | 'about'>[]): EvidenceSource['checks'] {
  const known = byId.get(checks) ?? new Map(checks.map((check) => [check.id, check]));
  byId.set(checks, known);
  return known;
}
const byId = new WeakMap<readonly Pick<Check, 'id' | 'about'>[], EvidenceSource['checks']>();

/** Gathers the findings of some checks. Coverage counts answers: one for each check on each target it is about. */
export function gather(ids: readonly CheckId[], source: EvidenceSource): Evidence {
  const answered = new Map<CheckId, Set<TargetKey>>(ids.map((id) => [id, new Set()]));
  const outcomes: Record<Outcome, FindingHead[]> = { pass: [], fail: [], 'not-observed': [], 'not-applicable': [] };
  const fails: FindingHead[] = [];
  const setAside = { waived: [] as WaivedFail[], 'false-positive': [] as WaivedFail[] };
  let found = 0;
  for (const finding of source.findings) {
    const targets = answered.get(finding.check);
    if (targets === undefined) continue;
    found += 1;
    targets.add(finding.target);
    outcomes[finding.outcome].push(finding);
    if (finding.outcome !== 'fail') continue;
    const aside = source.asideOf(finding);
    if (aside === undefined) fails.push(finding);
    else setAside[aside.as].push({ check: finding.check, target: finding.target, until: aside.until });
  }
  const missing = ids.reduce((sum, id) => sum + missingOf(id, answered.get(id) ?? new Set(), source), 0);
  const unseen = outcomes['not-observed'];
  return {
    fails,
    waived: setAside.waived,
    falsePositives: setAside['false-positive'],
    passes: outcomes.pass,
    unseen,
    notApplicable: outcomes['not-applicable'],
    missing,
    coverage: { seen: found - unseen.length, needed: found + missing },
  };
}

/** How many answers of one check there are no findings of. `answered`: targets of which there are. */
function missingOf(id: CheckId, answered: ReadonlySet<TargetKey>, source: EvidenceSource): number {
  const about = source.checks.get(id)?.about;
  if (about === undefined) return answered.size === 0 ? 1 : 0;
  const planned = source.targets?.filter(({ kind }) => about.includes(kind)) ?? [];
  if (planned.length > 0) return planned.filter(({ key }) => !answered.has(key)).length;
  // Nothing was planned where the inventory has such an endpoint: another zone, or a system that may not be scanned.
  const kinds = new Set(source.system.endpoints.flatMap(kindsOf));
  return answered.size === 0 && about.some((kind) => kinds.has(kind)) ? 1 : 0;
}

function kindsOf(endpoint: Endpoint): readonly TargetKind[] {
  switch (endpoint.kind) {
    case 'web':
      return ['web'];
    case 'host':
      return endpoint.services?.some(({ tls, startTls }) => tls === true || startTls !== undefined) === true
        ? ['host', 'service']
        : ['host'];
    case 'domain':
    case 'mail':
      return [endpoint.kind];
  }
}

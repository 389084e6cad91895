import type { Coverage, WaivedFail } from '../model/assessment.ts';
import type { Check, CheckId } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { AsideOf } from '../model/aside.ts';
import type { System } from '../model/inventory.ts';
import type { Endpoint } from '../model/inventory/endpoint.ts';
import type { Target, TargetKind } from '../model/target.ts';

/** Findings of one obligation's checks for one system, sorted by what they say. */
export type Evidence = {
  /** Not set aside. */
  readonly fails: readonly Finding[];
  readonly waived: readonly WaivedFail[];
  /** Set aside as false alarms. */
  readonly falsePositives: readonly WaivedFail[];
  readonly passes: readonly Finding[];
  readonly unseen: readonly Finding[];
  readonly notApplicable: readonly Finding[];
  /** Answers that were needed and of which there is not even a finding. */
  readonly missing: number;
  readonly coverage: Coverage;
};

/** What evidence is gathered from. `targets`: what was planned for the system, where that is known. */
export type EvidenceSource = {
  readonly system: System;
  readonly findings: readonly Finding[];
  readonly checks: ReadonlyMap<CheckId, Pick<Check, 'about'>>;
  readonly targets?: readonly Pick<Target, 'key' | 'kind'>[];
  readonly asideOf: AsideOf;
};

/** Gathers the findings of some checks. Coverage counts answers: one for each check on each target it is about. */
export function gather(ids: readonly CheckId[], source: EvidenceSource): Evidence {
  const wanted = new Set(ids);
  const findings = source.findings.filter(({ check }) => wanted.has(check));
  const fails: Finding[] = [];
  const setAside = { waived: [] as WaivedFail[], 'false-positive': [] as WaivedFail[] };
  for (const finding of findings) {
    if (finding.outcome !== 'fail') continue;
    const aside = source.asideOf(finding);
    if (aside === undefined) fails.push(finding);
    else setAside[aside.as].push({ check: finding.check, target: finding.target, until: aside.until });
  }
  const unseen = findings.filter(({ outcome }) => outcome === 'not-observed');
  const missing = ids.reduce((sum, id) => sum + missingOf(id, findings, source), 0);
  return {
    fails,
    waived: setAside.waived,
    falsePositives: setAside['false-positive'],
    passes: findings.filter(({ outcome }) => outcome === 'pass'),
    unseen,
    notApplicable: findings.filter(({ outcome }) => outcome === 'not-applicable'),
    missing,
    coverage: { seen: findings.length - unseen.length, needed: findings.length + missing },
  };
}

function missingOf(id: CheckId, findings: readonly Finding[], source: EvidenceSource): number {
  const about = source.checks.get(id)?.about;
  const own = findings.filter(({ check }) => check === id);
  if (about === undefined) return own.length === 0 ? 1 : 0;
  const planned = source.targets?.filter(({ kind }) => about.includes(kind)) ?? [];
  if (planned.length > 0) {
    const answered = new Set(own.map(({ target }) => target));
    return planned.filter(({ key }) => !answered.has(key)).length;
  }
  // Nothing was planned where the inventory has such an endpoint: another zone, or a system that may not be scanned.
  const kinds = new Set(source.system.endpoints.flatMap(kindsOf));
  return own.length === 0 && about.some((kind) => kinds.has(kind)) ? 1 : 0;
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

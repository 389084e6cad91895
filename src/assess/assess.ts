import { asideFinder, type FindingAside } from '../model/aside.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Check } from '../model/check.ts';
import type { FindingHead } from '../model/finding.ts';
import type { Framework, Obligation } from '../model/framework.ts';
import type { System } from '../model/inventory.ts';
import type { Regime } from '../model/inventory/level-words.ts';
import type { LevelBook } from '../model/level-law.ts';
import type { Iso } from '../model/observation.ts';
import type { Target } from '../model/target.ts';
import { applicableObligations, type Applicable } from './applicable.ts';
import { claimOf } from './claim.ts';
import type { LevelGround } from './level/claims.ts';
import { regimeOf } from './level/regime.ts';
import { dayOf } from '../model/day.ts';
import { checksById, gather, type Evidence } from './evidence.ts';
import { foldClaim, foldScan, foldUnclaimable, type Folded } from './fold.ts';
import { standingOf } from './standing.ts';

/** One system and all that is known of it. */
export type AssessInput = {
  readonly system: System;
  /** Findings of this system; those of others are left aside. */
  readonly findings: readonly FindingHead[];
  readonly frameworks: readonly Framework[];
  /** Every check, so that an answer that was never given is told from one that nobody needed. */
  readonly checks: readonly Pick<Check, 'id' | 'about'>[];
  /** Targets planned for this system; without them, whole kinds of endpoint are counted instead. */
  readonly targets?: readonly Pick<Target, 'key' | 'kind'>[];
  /** What sets fails aside; absent: the inventory's waivers by their date. */
  readonly asides?: readonly FindingAside[];
  /** The clock that the law, deadlines, claims and waivers are held against. */
  readonly at: Iso;
  readonly province: string;
  /** Laws of levels; without them nothing is told of facts and dossiers. */
  readonly levels?: LevelBook;
  /** Judges as under this law instead of the one that the level stands under. */
  readonly regime?: Regime;
};

/**
 * What each obligation that binds a system comes to, in the order of the frameworks. Nothing is said of systems of quân
 * sự, quốc phòng, cơ yếu.
 */
export function assessSystem(input: AssessInput): readonly Assessment[] {
  const { system, frameworks, province } = input;
  if (system.excluded !== undefined) return [];
  const onDay = dayOf(input.at);
  const source = {
    system,
    findings: input.findings.filter((finding) => finding.system === system.id),
    checks: checksById(input.checks),
    ...(input.targets === undefined ? {} : { targets: input.targets }),
    asideOf: asideFinder(input.asides, [system], onDay),
  };
  const regime = input.regime ?? regimeOf(system, onDay, input.levels);
  const ground = input.levels && { book: input.levels, regime };
  return applicableObligations(system, frameworks, onDay, province, regime).map((applicable) => {
    const evidence = gather(applicable.obligation.checks, source);
    const folded = fold(system, applicable.obligation, evidence, onDay, ground);
    return assessmentOf(system, applicable, evidence, folded, onDay);
  });
}

function fold(
  system: System,
  obligation: Obligation,
  evidence: Evidence,
  onDay: string,
  ground: LevelGround | undefined,
): Folded {
  if (obligation.proof === 'scan') return foldScan(evidence, obligation.checks.length > 0);
  if (obligation.claim === undefined) {
    return obligation.checks.length === 0 ? foldScan(evidence, false) : foldUnclaimable(evidence);
  }
  return foldClaim(claimOf(system, obligation.claim, ground), evidence, onDay);
}

function assessmentOf(
  system: System,
  { framework, obligation, clause }: Applicable,
  { coverage, waived, falsePositives }: Evidence,
  { verdict, because, findings, claim }: Folded,
  onDay: string,
): Assessment {
  const standing = standingOf(obligation.task, {
    verdict,
    ...(claim?.says === true && claim.on !== undefined ? { doneOn: claim.on } : {}),
    onDay,
  });
  const evidenceAt = findings
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return {
    system: system.id,
    framework: framework.id,
    obligation: obligation.id,
    verdict,
    because,
    ...(clause === undefined ? {} : { clause }),
    ...(claim === undefined ? {} : { claim }),
    findings: findings.map(({ check, target }) => ({ check, target })),
    coverage,
    ...(waived.length === 0 ? {} : { waived }),
    ...(falsePositives.length === 0 ? {} : { falsePositives }),
    ...(standing === undefined ? {} : { standing }),
    ...(evidenceAt === undefined ? {} : { evidenceAt }),
  };
}

import { message, type Message, type Text } from '../../../model/text.ts';
import { outcomes } from '../../../model/check.ts';
import type { Finding } from '../../../model/finding.ts';
import { findingAnchors } from '../findings.ts';
import { outcomeMark, type Mark } from '../mark.ts';
import { compare, unknownCheck, type ReportIndex, type SystemFile } from '../report-index.ts';
import { evidenceViews, type EvidenceView } from '../seen-value.ts';
import { failureWord } from '../unseen.ts';
import type { PageRef } from '../../page-ref.ts';
import { hashOf } from './hashes.ts';

/** One finding with everything that it leans on. */
export type Proof = {
  readonly anchor: string;
  readonly outcome: string;
  readonly mark: Mark;
  readonly check: { readonly id: string; readonly title: Text; readonly since: string; readonly hash: string | null };
  readonly target: string;
  readonly at: string;
  /** The same finding on the page of its system, with its fix. */
  readonly ref: PageRef;
  readonly evidence: readonly EvidenceView[];
  readonly more: number;
  /** Why it could not be told. */
  readonly cause: Message | null;
  readonly hash: string;
  readonly records: readonly {
    readonly kind: Message;
    readonly probe: string;
    readonly zone: string;
    readonly at: string;
    readonly hash: string;
  }[];
};

/** A piece of evidence as an obligation names it. */
export type Cited = { readonly mark: Mark; readonly title: Text; readonly anchor: string };

const mostEvidence = 4;

/** The findings that some obligation of a system names, failures first, and the way from a name to the place of each. */
export function proofs(
  index: ReportIndex,
  file: SystemFile,
): {
  readonly all: readonly Proof[];
  readonly cited: (of: { readonly check: string; readonly target: string }) => Cited | null;
} {
  const named = new Set(file.assessed.flatMap(({ assessment }) => assessment.findings.map(keyOf)));
  const onSystem = findingAnchors(file);
  const order = [
    'fail',
    'not-observed',
    'pass',
    'not-applicable',
  ] as const satisfies readonly (typeof outcomes)[number][];
  const findings = file.findings
    .filter((finding) => named.has(keyOf(finding)))
    .toSorted(
      (a, b) =>
        order.indexOf(a.outcome) - order.indexOf(b.outcome) || compare(a.check, b.check) || compare(a.target, b.target),
    );
  const all = findings.map((finding, at) => proof(index, file, finding, `bc-${at + 1}`, onSystem(finding)));
  const byKey = new Map(findings.map((finding, at) => [keyOf(finding), all[at]]));
  return {
    all,
    cited: (of) => {
      const one = byKey.get(keyOf(of));
      return one === undefined ? null : { mark: one.mark, title: one.check.title, anchor: one.anchor };
    },
  };
}

function proof(index: ReportIndex, file: SystemFile, finding: Finding, anchor: string, place: string): Proof {
  const known = index.checks.get(finding.check);
  const check = known ?? unknownCheck(finding);
  const evidence = finding.evidence.slice(0, mostEvidence);
  return {
    anchor,
    outcome: finding.outcome,
    mark: outcomeMark(finding.outcome),
    check: { id: check.id, title: check.title, since: check.since, hash: known === undefined ? null : hashOf(known) },
    target: finding.target,
    at: finding.at,
    ref: { page: 'system', id: file.system.id, hash: place },
    evidence: evidenceViews(evidence),
    more: finding.evidence.length - evidence.length,
    cause: finding.cause === undefined ? null : failureWord(finding.cause.failure.code),
    hash: hashOf(finding),
    records: file.observations
      .filter(({ target, kind }) => target === finding.target && check.reads.includes(kind))
      .map((one) => ({
        kind: message(`words.kind.${one.kind}`),
        probe: one.probe,
        zone: one.zone,
        at: one.at,
        hash: hashOf(one),
      })),
  };
}

function keyOf({ check, target }: { readonly check: string; readonly target: string }): string {
  return `${check} ${target}`;
}

import type { Platform } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import type { SetAsideAs } from '../../model/track/life.ts';
import { actionAnchor, actionTitle, gravestOf, gravity, severityWord, type ActionTitle } from './actions.ts';
import { outcomeMark, type Mark } from './mark.ts';
import { platformsSeen } from './platform.ts';
import { compare, groupBy, unknownCheck, type Failed, type ReportIndex, type SystemFile } from './report-index.ts';
import { evidenceViews, type EvidenceView } from './seen-value.ts';
import { failureWord } from './unseen.ts';

/** One finding at one target. */
export type FindingView = {
  readonly anchor: string;
  readonly target: string;
  readonly at: string;
  readonly evidence: readonly EvidenceView[];
  /** Evidence left out because there is too much of it. */
  readonly more: number;
};

/** A fix for the platform that was really seen, or for any. */
export type Fix = { readonly named: boolean; readonly word: Message; readonly text: Text };

/** One failed check of a change. */
export type FailedCheck = {
  readonly id: string;
  readonly title: Text;
  readonly why: Text;
  readonly severity: Message;
  readonly findings: readonly FindingView[];
  readonly fixes: readonly Fix[];
  readonly sure: readonly Message[];
  readonly sources: readonly string[];
};

/** Failures that one change mends. */
export type ChangeView = {
  readonly anchor: string;
  readonly title: ActionTitle;
  readonly severity: Message;
  readonly places: number;
  readonly checks: readonly FailedCheck[];
};

/** A failure that someone has accepted until a day. */
export type WaivedView = {
  readonly anchor: string;
  readonly title: Text;
  readonly target: string;
  readonly severity: Message;
  readonly until: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
};

/** Findings that could not be told, by what stood in the way. */
export type NotObservedView = {
  readonly cause: Message;
  readonly help: Message;
  readonly kind: Message;
  readonly detail: string;
  readonly targets: readonly {
    readonly target: string;
    readonly findings: readonly { readonly anchor: string; readonly title: Text }[];
  }[];
};

/** Passed and not applicable, by check. */
export type QuietCheck = {
  readonly title: Text;
  readonly findings: readonly {
    readonly anchor: string;
    readonly target: string;
    readonly mark: Mark;
    readonly at: string;
  }[];
};

const shownEvidence = 20;

/** Place of a finding on its system's page: permanent while the system keeps its targets. */
export function findingAnchors(
  file: SystemFile,
): (finding: { readonly check: string; readonly target: string }) => string {
  const numbers = new Map(file.targets.map((target, at) => [target.key, at + 1]));
  return ({ check, target }) => `phat-hien-${check}-${numbers.get(target) ?? 0}`;
}

/** Open failures grouped by change, gravest first. */
export function changes(file: SystemFile): readonly ChangeView[] {
  const anchor = findingAnchors(file);
  const observations = groupBy(file.observations, ({ target }) => target);
  return [...groupBy(file.open, ({ check }) => check.change)]
    .map(([change, failed]) => ({ change, failed, gravest: gravestOf(failed) }))
    .toSorted(
      (a, b) =>
        gravity(a.gravest.finding.severity) - gravity(b.gravest.finding.severity) ||
        b.failed.length - a.failed.length ||
        compare(a.change, b.change),
    )
    .map(({ change, failed, gravest }) => ({
      anchor: actionAnchor(change),
      title: actionTitle(gravest),
      severity: severityWord(gravest.finding.severity),
      places: failed.length,
      checks: [...groupBy(failed, ({ check }) => check.id).values()]
        .toSorted((a, b) => gravity(gravestOf(a).finding.severity) - gravity(gravestOf(b).finding.severity))
        .map((of) => failedCheck(of, anchor, (target) => platformsSeen(observations.get(target) ?? []))),
    }));
}

type Anchor = ReturnType<typeof findingAnchors>;

function failedCheck(
  failed: readonly Failed[],
  anchor: Anchor,
  platforms: (target: string) => readonly Platform[],
): FailedCheck {
  const { check, finding: gravest } = gravestOf(failed);
  const seen = new Set(failed.flatMap(({ finding }) => platforms(finding.target)));
  const fitting = [...seen].filter((platform) => check.fix[platform] !== undefined);
  const chosen: readonly Platform[] = fitting.length > 0 ? fitting : ['any'];
  return {
    id: check.id,
    title: check.title,
    why: check.why,
    severity: severityWord(gravest.severity),
    findings: failed.map(({ finding }) => findingView(finding, anchor)),
    fixes: chosen.flatMap((platform) => {
      const text = check.fix[platform];
      return text === undefined
        ? []
        : [{ named: platform !== 'any', word: message(`words.platform.${platform}`), text }];
    }),
    sure: check.reads.map((kind) => message(`report.sure.${kind}`)),
    sources: check.sources,
  };
}

function findingView(finding: Finding, anchor: Anchor): FindingView {
  return {
    anchor: anchor(finding),
    target: finding.target,
    at: finding.at,
    evidence: evidenceViews(finding.evidence.slice(0, shownEvidence)),
    more: Math.max(0, finding.evidence.length - shownEvidence),
  };
}

/** Failures set aside, the one that lapses soonest first. */
export function setAsideFindings(file: SystemFile, as: SetAsideAs): readonly WaivedView[] {
  const anchor = findingAnchors(file);
  return (as === 'waived' ? file.waived : file.falsePositives)
    .toSorted((a, b) => compare(a.aside.until, b.aside.until))
    .map(({ finding, check, aside }) => ({
      anchor: anchor(finding),
      title: check.title,
      target: finding.target,
      severity: severityWord(finding.severity),
      until: aside.until,
      reason: aside.reason,
      requestedBy: aside.requestedBy,
      approvedBy: aside.approvedBy,
    }));
}

/** Findings that could not be told, grouped by cause, the most frequent first. */
export function notObserved(index: ReportIndex, file: SystemFile): readonly NotObservedView[] {
  const anchor = findingAnchors(file);
  const blind = file.findings.filter(({ outcome }) => outcome === 'not-observed');
  const groups = groupBy(
    blind,
    ({ cause }) => `${cause?.failure.code ?? 'bug'} ${cause?.kind ?? ''} ${cause?.failure.detail ?? ''}`,
  );
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length)
    .map((findings) => {
      const cause = findings[0]?.cause;
      const code = cause?.failure.code ?? 'bug';
      return {
        cause: failureWord(code),
        help: message(`words.failure-help.${code}`),
        kind: message(`words.kind.${cause?.kind ?? 'any'}`),
        detail: cause?.failure.detail ?? '',
        targets: [...groupBy(findings, ({ target }) => target)].map(([target, same]) => ({
          target,
          findings: same.map((finding) => ({
            anchor: anchor(finding),
            title: (index.checks.get(finding.check) ?? unknownCheck(finding)).title,
          })),
        })),
      };
    });
}

/** Passed and not applicable findings by check, in the order of the checks' titles. */
export function quietFindings(index: ReportIndex, file: SystemFile): readonly QuietCheck[] {
  const anchor = findingAnchors(file);
  const quiet = file.findings.filter(({ outcome }) => outcome === 'pass' || outcome === 'not-applicable');
  return [...groupBy(quiet, ({ check }) => check).values()]
    .map((findings) => ({
      title: titleOf(index, findings),
      findings: findings.map((finding) => ({
        anchor: anchor(finding),
        target: finding.target,
        mark: outcomeMark(finding.outcome),
        at: finding.at,
      })),
    }))
    .toSorted((a, b) => a.title.vi.localeCompare(b.title.vi, 'vi'));
}

function titleOf(index: ReportIndex, findings: readonly Finding[]): Text {
  const first = findings[0];
  if (first === undefined) throw new Error('a group without findings');
  return (index.checks.get(first.check) ?? unknownCheck(first)).title;
}

import type { Finding } from '../../model/finding.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import type { SetAsideAs } from '../../model/track/life.ts';
import { severityWord } from './actions.ts';
import { outcomeMark, type Mark } from './mark.ts';
import { compare, groupBy, unknownCheck, type ReportIndex, type SystemFile } from './report-index.ts';
import { failureWord } from './unseen.ts';

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
  readonly findings: number;
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

/** Place of a finding on its system's page: permanent while the system keeps its targets. */
export function findingAnchors(
  file: SystemFile,
): (finding: { readonly check: string; readonly target: string }) => string {
  const numbers = new Map(file.targets.map((target, at) => [target.key, at + 1]));
  return ({ check, target }) => `phat-hien-${check}-${numbers.get(target) ?? 0}`;
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
        findings: findings.length,
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

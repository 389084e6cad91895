import type { Verdict } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import type { Framework } from '../../model/framework.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { findingAnchors } from './findings.ts';
import { outcomeMark, verdictMark, type Mark } from './mark.ts';
import { compare, groupBy, unknownCheck, type Assessed, type ReportIndex, type SystemFile } from './report-index.ts';
import { counts, coverage, tally, urgency, type Count, type CoverageView } from './tally.ts';

/** One obligation as it stands for one system. */
export type ObligationRow = {
  readonly id: string;
  readonly title: Text;
  readonly asks: Text;
  readonly verdict: Verdict;
  readonly mark: Mark;
  readonly because: Message | null;
  readonly instrument: string;
  readonly clause: string | null;
  readonly certainty: Message;
  readonly equivalent: boolean;
  readonly coverage: CoverageView;
  readonly evidenceAt: string | null;
  /** Why a person must look. */
  readonly manual: Text | null;
  /** Findings behind it: failures and blind spots each with its place, the others as a number. */
  readonly behind: readonly Behind[];
  readonly more: number;
  readonly passed: number;
  /** No finding and no word stands behind it. */
  readonly bare: boolean;
};

/** One finding behind a verdict. */
export type Behind = { readonly mark: Mark; readonly anchor: string; readonly target: string; readonly title: Text };

/** The obligations of one framework. */
export type FrameworkView = {
  readonly id: string;
  readonly title: Text;
  readonly number: string;
  readonly binding: boolean;
  readonly counts: readonly Count[];
  /** Not met and contradicted, of what binds. */
  readonly rows: readonly ObligationRow[];
  /** The rest, told by its number until unfolded. */
  readonly folded: readonly { readonly label: Message; readonly rows: readonly ObligationRow[] }[];
  readonly notApplicable: readonly { readonly title: Text }[];
};

const shown = 3;
const foldedTones: readonly Verdict[] = ['unproven', 'manual', 'met'];

/** Obligations by framework, binding ones first; within one, most urgent first. */
export function obligations(index: ReportIndex, file: SystemFile): readonly FrameworkView[] {
  const anchor = findingAnchors(file);
  const findings = new Map(file.findings.map((finding) => [`${finding.check} ${finding.target}`, finding]));
  return [...groupBy(file.assessed, ({ framework }) => framework)]
    .toSorted(([a], [b]) => rank(a) - rank(b) || compare(a.id, b.id))
    .map(([framework, assessed]) => {
      const all = assessed
        .filter(({ assessment }) => assessment.verdict !== 'not-applicable')
        .toSorted((a, b) => urgency.indexOf(a.assessment.verdict) - urgency.indexOf(b.assessment.verdict))
        .map((one) => row(one, index.checks, findings, anchor));
      const hidden = framework.kind === 'good-practice' ? urgency : foldedTones;
      return {
        id: framework.id,
        title: framework.title,
        number: framework.instrument.number,
        binding: framework.kind !== 'good-practice',
        counts: counts(tally(assessed.map(({ assessment }) => assessment.verdict))),
        rows: all.filter(({ verdict }) => !hidden.includes(verdict)),
        folded: hidden.flatMap((tone) => {
          const rows = all.filter(({ verdict }) => verdict === tone);
          return rows.length === 0 ? [] : [{ label: message(`owner.obligations.${tone}`, { n: rows.length }), rows }];
        }),
        notApplicable: assessed
          .filter(({ assessment }) => assessment.verdict === 'not-applicable')
          .map(({ obligation }) => ({ title: obligation.title })),
      };
    });
}

function rank(framework: Framework): number {
  return (['layers', 'level-clauses', 'directive', 'good-practice'] as const).indexOf(framework.kind);
}

function row(
  { assessment, obligation }: Assessed,
  checks: ReportIndex['checks'],
  findings: ReadonlyMap<string, Finding>,
  anchor: ReturnType<typeof findingAnchors>,
): ObligationRow {
  const known = assessment.findings.flatMap(({ check, target }) => findings.get(`${check} ${target}`) ?? []);
  const telling = known
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'not-observed')
    .toSorted((a, b) => compare(a.outcome, b.outcome));
  const passed = known.filter(({ outcome }) => outcome === 'pass').length;
  const manual = assessment.verdict === 'manual' ? (obligation.manual ?? null) : null;
  return {
    id: obligation.id,
    title: obligation.title,
    asks: obligation.asks,
    verdict: assessment.verdict,
    mark: verdictMark(assessment.verdict),
    because: assessment.because === undefined ? null : message(`frameworks.because-${assessment.because}`),
    instrument: obligation.cite.instrument,
    clause: assessment.clause ?? obligation.cite.clause ?? null,
    certainty: message(`words.certainty.${obligation.cite.certainty}`),
    equivalent: obligation.equivalentAllowed ?? false,
    coverage: coverage([assessment.coverage]),
    evidenceAt: assessment.evidenceAt ?? null,
    manual,
    behind: telling.slice(0, shown).map((finding) => ({
      mark: outcomeMark(finding.outcome),
      anchor: anchor(finding),
      target: finding.target,
      title: (checks.get(finding.check) ?? unknownCheck(finding)).title,
    })),
    more: Math.max(0, telling.length - shown),
    passed,
    bare: telling.length === 0 && passed === 0 && manual === null,
  };
}

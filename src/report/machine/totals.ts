import { severities, type Outcome, type Severity } from '../../model/check.ts';
import { verdicts } from '../../model/assessment.ts';
import { tally, type Tally } from '../view/tally.ts';
import type { Ledger } from './ledger.ts';

/** Counts over the systems listed. Good practice is in none of the verdicts, as on the pages. */
export type Totals = {
  readonly systems: Tally;
  readonly obligations: Tally;
  readonly findings: Readonly<Record<Outcome, number>>;
  /** Failures that nobody has accepted. */
  readonly open: Readonly<Record<Severity, number>>;
  /** Failures set aside by a waiver of the inventory. */
  readonly waived: number;
};

export function totalsOf({ index: { files } }: Pick<Ledger, 'index'>): Totals {
  const obligations: Record<string, number> = { ...tally([]) };
  const findings: Record<Outcome, number> = { pass: 0, fail: 0, 'not-applicable': 0, 'not-observed': 0 };
  const open = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  let waived = 0;
  for (const file of files) {
    for (const verdict of verdicts) obligations[verdict] = (obligations[verdict] ?? 0) + file.tally[verdict];
    for (const { outcome } of file.findings) findings[outcome] += 1;
    for (const { finding } of file.open) open[finding.severity] += 1;
    waived += file.waived.length;
  }
  return {
    systems: tally(files.map(({ verdict }) => verdict)),
    obligations: obligations as Tally,
    findings,
    open,
    waived,
  };
}

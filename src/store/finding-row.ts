import { canonicalJson } from '../model/canonical.ts';
import type { CheckId, Outcome, Severity } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Database } from './tables.ts';

/** What a finding is read from. */
export const findingColumns = ['target', 'check', 'system', 'outcome', 'severity', 'body'] as const;
export type FindingRow = Pick<Database['finding'], (typeof findingColumns)[number]>;

/** A finding as its row: the body holds what no column does, for findings are most of what a store grows by. */
export function findingRow(finding: Finding): FindingRow {
  const { target, check, system, outcome, severity, evidence, ...rest } = finding;
  const body = canonicalJson(evidence.length === 0 ? rest : { ...rest, evidence });
  return { target, check, system, outcome, severity, body };
}

/** The body of a row; one written before `findingRow` left anything out repeats its columns. */
type Body = Pick<Finding, 'at' | 'cause'> & { readonly evidence?: Finding['evidence'] };

/** The findings of rows, which only this store writes; members stand in the order of canonical JSON. */
export function findingsOf(rows: readonly FindingRow[]): readonly Finding[] {
  // Most of a target's findings tell nothing but one and the same instant.
  let text = '';
  let told: Body | undefined;
  return rows.map((row): Finding => {
    if (told === undefined || row.body !== text) {
      text = row.body;
      told = JSON.parse(text) as Body;
    }
    const { at, cause, evidence = [] } = told;
    return {
      at,
      ...(cause === undefined ? {} : { cause }),
      check: row.check as CheckId,
      evidence,
      outcome: row.outcome as Outcome,
      severity: row.severity as Severity,
      system: row.system,
      target: row.target,
    };
  });
}

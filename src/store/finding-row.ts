import { canonicalJson } from '../model/canonical.ts';
import type { Outcome, Severity } from '../model/check.ts';
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
  return rows.map((row): Finding => {
    const { at, cause, evidence = [] } = bodyOf(row.body);
    return {
      at,
      ...(cause === undefined ? {} : { cause }),
      check: row.check,
      evidence,
      outcome: row.outcome as Outcome,
      severity: row.severity as Severity,
      system: row.system,
      target: row.target,
    };
  });
}

/** Two thirds of a province's findings tell an instant and nothing else. */
function bodyOf(text: string): Body {
  const [, at] = instantAlone.exec(text) ?? [];
  return at === undefined ? (JSON.parse(text) as Body) : { at };
}
const instantAlone = /^\{"at":"([^"\\]*)"\}$/;

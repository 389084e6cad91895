import type { Finding } from '../../model/finding.ts';
import type { SystemFile } from '../view/report-index.ts';

/** Failures of an earlier run. */
export type Previous = { readonly on: string; readonly findings: readonly Finding[] };

/** What became of failures since an earlier run. Only a pass counts as mended; what was not seen again does not. */
export type Results = {
  readonly since: string;
  readonly fixed: number;
  readonly remaining: number;
  readonly unseen: number;
  readonly fresh: number;
};

/** Compares failures of an earlier run with the findings of today, by check and target. */
export function results(files: readonly SystemFile[], previous: Previous): Results {
  const key = ({ check, target }: Finding) => `${check} ${target}`;
  const ids = new Set(files.map(({ system }) => system.id));
  const now = new Map(files.flatMap(({ findings }) => findings.map((one) => [key(one), one.outcome] as const)));
  const before = new Set(
    previous.findings.filter(({ outcome, system }) => outcome === 'fail' && ids.has(system)).map(key),
  );
  const was = (outcome: string) => [...before].filter((one) => now.get(one) === outcome).length;
  const fixed = was('pass');
  const remaining = was('fail');
  const fresh = [...now].filter(([one, outcome]) => outcome === 'fail' && !before.has(one)).length;
  return { since: previous.on, fixed, remaining, unseen: before.size - fixed - remaining, fresh };
}

import type { Run } from '../model/run.ts';
import { holdersOf } from '../report/must-hold-systems.ts';
import { mayWriteReports } from '../report/may-replace.ts';
import type { Store } from '../store/types.ts';
import { createReports } from './reports.ts';

/** The remediation report of one organisation, as it stands now. */
export type OwnerReport = {
  readonly owner: string;
  readonly index: string;
  readonly files: number;
  readonly bytes: number;
  /** It stood already, drawn from the same, and was left as it was. */
  readonly stood: boolean;
};

export type OwnersAsked = {
  readonly travelling: boolean;
  /** Write even into folders that a web server serves. */
  readonly allowWebRoot: boolean;
  /** Where the report of an organisation goes, by its id. */
  readonly folderOf: (owner: string) => string;
};

/**
 * Writes the remediation report of every organisation that owns or operates a system of the run, in the order of the inventory, each
 * as if it had been asked for alone, and tells of each when it stands. In memory is one owner's evidence at a time. Where any of them
 * may not be written, or there is nobody to report to, it throws UserError and writes none.
 */
export async function writeOwnerReports(
  store: Store,
  run: Run,
  { folderOf, travelling, allowWebRoot }: OwnersAsked,
  onReport: (report: OwnerReport, total: number) => void,
): Promise<readonly OwnerReport[]> {
  const owners = holdersOf(await store.inventory(run.id));
  await mayWriteReports(owners.map(folderOf), allowWebRoot);
  const draw = createReports(store, run);
  const reports: OwnerReport[] = [];
  for (const owner of owners) {
    // Whether it may be written was asked of all of them.
    const { written, stood } = await draw(folderOf(owner), { owner, travelling, allowWebRoot: true });
    const { index, files, bytes } = written;
    const report = { owner, index, files, bytes, stood };
    reports.push(report);
    onReport(report, owners.length);
  }
  return reports;
}

import { join } from 'node:path';
import type { OwnerReport } from '../pipeline/owner-reports.ts';
import { exitCodes } from './exit-codes.ts';
import type { Output } from './output.ts';
import { paced } from './paced.ts';
import { safeJson } from './safe-text.ts';
import { withRun } from './with-store.ts';

type OwnersOptions = {
  readonly out: string;
  readonly run?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly travelling?: boolean;
  readonly allowWebRoot?: boolean;
};

/** `rasoat report --owners`: writes the remediation report of every owner and tells of each as it stands. */
export async function writeOwners(options: OwnersOptions, output: Output): Promise<number> {
  const { writeOwnerReports } = await import('../pipeline/owner-reports.ts');
  const { reportFolder } = await import('../report/report-folder.ts');
  const { out, to, json } = options;
  const asked = { travelling: options.travelling === true, allowWebRoot: options.allowWebRoot === true };
  const folderOf = (owner: string): string =>
    to === undefined ? join(out, reportFolder({ ...asked, owner })) : join(to, owner);
  const progress = paced(output);
  let done = 0;
  const tell = ({ owner, index, files, stood }: OwnerReport, total: number): void => {
    done += 1;
    if (json !== true) output.line(output.say(stood ? 'owner.all-stood' : 'owner.all-one', { owner, index, files }));
    progress.show(() => output.say('owner.all-progress', { done, total }));
  };
  const reports = await withRun(
    out,
    options.run,
    (store, run) => writeOwnerReports(store, run, { ...asked, folderOf }, tell),
    { output },
  ).finally(progress.end);
  const stood = reports.filter((report) => report.stood).length;
  output.line(
    json === true
      ? safeJson(reports)
      : output.say('owner.all-written', { n: reports.length, drawn: reports.length - stood, stood }),
  );
  return exitCodes.allMet;
}

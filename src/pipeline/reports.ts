import type { Run } from '../model/run.ts';
import { drawerHash } from '../report/drawn.ts';
import { mustHoldSystems } from '../report/must-hold-systems.ts';
import { alreadyWritten, writeReport, type WriteOptions, type Written } from '../report/write.ts';
import type { Store } from '../store/types.ts';
import { readReportCommon, type ReportCommon } from './report-common.ts';
import { loadReportData } from './report-data.ts';
import { reportKeys } from './report-key.ts';

/** A report as it was asked for: with what it is drawn from, `writeReport` is told by us. */
export type ReportAsked = Omit<WriteOptions, 'whole'>;

/** `stood`: the same report of the same run was there already, and nobody had changed it. */
export type DrawnReport = { readonly written: Written; readonly stood: boolean };

/**
 * Draws reports of one stored run, one after another: what is common to them is read once, when first needed, and of the rest what
 * the report at hand shows. Throws UserError for an owner that holds no system, and as `writeReport` does.
 */
export function createReports(store: Store, run: Run): (to: string, asked: ReportAsked) => Promise<DrawnReport> {
  let keys: ReturnType<typeof reportKeys> | undefined;
  let common: Promise<ReportCommon> | undefined;
  return async (to, asked) => {
    const { owner, only, travelling = false, pdf } = asked;
    const keyOf = await (keys ??= reportKeys(store, run));
    const whole = keyOf([drawerHash(), travelling, owner ?? null, only ?? null]);
    // With PDF it is drawn anyway: which of them stand is not noted.
    const there = pdf === undefined ? await alreadyWritten(to, whole) : undefined;
    if (there !== undefined) return { written: there, stood: true };
    if (owner !== undefined) mustHoldSystems(await store.inventory(run.id), owner);
    const part = { ...(owner === undefined ? {} : { owner }), ...(only === undefined ? {} : { only }) };
    const data = await loadReportData(store, run, part, await (common ??= readReportCommon(store, run)));
    return { written: await writeReport(data, to, { ...asked, whole }), stood: false };
  };
}

import { applicableFrameworks } from '../assess/applicable.ts';
import { dayOf } from '../model/day.ts';
import type { ReportData } from '../model/report-data.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../store/types.ts';

/** Everything that a report of one run is drawn from, as stored, by its latest judgement. */
export async function loadReportData(store: Store, run: Run): Promise<ReportData> {
  const judgement = await store.judgement(run.id);
  const settings = await store.settings(run.id);
  const inventory = await store.inventory(run.id);
  const excluded = settings['excludedSystems'];
  return {
    run,
    inventory,
    checks: judgement.lawbook.checks,
    frameworks: applicableFrameworks(
      judgement.lawbook.frameworks,
      dayOf(run.endedAt ?? run.startedAt),
      inventory.province.id,
    ),
    targets: await store.targets(run.id),
    observations: await store.observations(run.id),
    findings: await store.findings(judgement.id),
    assessments: await store.assessments(judgement.id),
    costs: await store.costs(run.id),
    resolverCosts: await store.resolverCosts(run.id),
    judgedAt: judgement.at,
    excludedSystems: typeof excluded === 'number' ? excluded : 0,
  };
}

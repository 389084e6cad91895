import { openStore } from '../../src/store/store.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import type { Store } from '../../src/store/types.ts';

/** A store with one finished run of some data, taken into the life of findings. */
export async function storeOf(path: string, data: ReportData): Promise<Store> {
  const store = await openStore(path);
  const { run, inventory, targets, checks, frameworks, observations, findings } = data;
  const { id, tool, zone, startedAt } = run;
  const lawbook = { checks, frameworks, reference: {} };
  await store.createRun({ id, tool, zone, startedAt, inventory, targets, settings: {}, lawbook });
  const seen = Map.groupBy(observations, ({ target }) => target);
  const found = Map.groupBy(findings, ({ target }) => target);
  for (const { key } of targets)
    await store.commitTarget(id, 'session', {
      target: key,
      observations: seen.get(key) ?? [],
      findings: found.get(key) ?? [],
      costs: data.costs,
      resolverCosts: data.resolverCosts,
    });
  await store.saveAssessments((await store.judgement(id)).id, data.assessments);
  await store.finishRun(id, 'finished', run.endedAt ?? startedAt);
  await trackRuns(store);
  return store;
}

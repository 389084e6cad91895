import { contentHash } from '../model/canonical.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../store/types.ts';

/**
 * What `loadReportData` reads of a run, as a hash and without reading it: the run, its judgement, the history that lives are replayed
 * from, the other runs that looks and detection checks are counted from, and how much of its evidence is still there (raw
 * observations are pruned). The rest of a stored run never changes. What it gives takes `options`: what else decides the pages.
 */
export async function reportKeys(store: Store, run: Run): Promise<(options: readonly unknown[]) => string> {
  const runs = [...(await store.runs()), ...(await store.partials()), ...(await store.verifications())];
  const checked: unknown[] = [];
  for (const { id } of runs) checked.push(...(await store.detectionReturns(id)));
  const read = [
    run,
    await store.judgementSize(run.id),
    await store.track.head(),
    (await store.track.glanceRuns()).toSorted(),
    runs.map(({ id, state, endedAt = null }) => [id, state, endedAt]),
    checked,
  ];
  return (options) => contentHash([options, ...read]);
}

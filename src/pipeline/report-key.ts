import { contentHash } from '../model/canonical.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../store/types.ts';

/**
 * What `loadReportData` reads of a run, as a hash and without reading it: the run, its judgement, the history that lives are replayed
 * from, the other runs that looks and detection checks are counted from, and how much of its evidence is still there (raw
 * observations are pruned). The rest of a stored run never changes. `options`: what else decides the pages.
 */
export async function reportKey(store: Store, run: Run, options: readonly unknown[]): Promise<string> {
  const runs = [...(await store.runs()), ...(await store.partials()), ...(await store.verifications())];
  const checked: unknown[] = [];
  for (const { id } of runs) checked.push(...(await store.detectionReturns(id)));
  const judged = await store.judgementSize(run.id);
  return contentHash([
    options,
    run,
    judged,
    await store.track.head(),
    (await store.track.glanceRuns()).toSorted(),
    runs.map(({ id, state, endedAt = null }) => [id, state, endedAt]),
    checked,
  ]);
}

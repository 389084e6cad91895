import type { Run } from '../model/run.ts';
import type { Life } from '../model/track/life.ts';
import { stateOn } from '../track/state.ts';
import type { Store } from '../store/types.ts';

/**
 * What of a run is leaned on still. `targets`: those whose fail is the last that was seen of a finding that is not closed (open, set
 * aside, not seen lately), so that what is asked of an owner can be shown to him as it was seen. `kinds`: where markers were sent for
 * a detection check, the answers that prove it.
 */
export async function leanedOn(store: Store, day: string) {
  const alive = (await store.track.lives()).filter((life) => {
    const state = stateOn(life, day);
    return state !== 'fixed-verified' && state !== 'gone-with-endpoint';
  });
  const lastFail = await lastFails(store, alive);
  return {
    targets: async (run: Run): Promise<readonly string[]> => {
      const leaning = alive.filter(({ id }) => lastFail.get(id) === run.id);
      if (leaning.length === 0) return [];
      const checks = new Set(leaning.map(({ system, check }) => `${system}\n${check}`));
      const here = new Set(leaning.map(({ target }) => target));
      const systems = new Set(leaning.map(({ system }) => system));
      const { id } = await store.judgement(run.id);
      // A finding may have moved since, and its check may have another name: every fail of that system then, rather than too few.
      const fails = (await store.findings(id)).filter(
        ({ outcome, system }) => outcome === 'fail' && systems.has(system),
      );
      const named = fails.filter(({ system, check }) => checks.has(`${system}\n${check}`));
      const renamed = leaning.some(
        ({ system, check }) => !named.some((one) => one.system === system && one.check === check),
      );
      return [...new Set([...(renamed ? fails : named).map(({ target }) => target), ...here])].sort();
    },
    kinds: async (run: Run): Promise<readonly string[]> =>
      (await store.settings(run.id))['detection'] === undefined ? [] : ['http'],
  };
}

/** The run in which each finding was last seen failing. */
async function lastFails(store: Store, lives: readonly Life[]): Promise<ReadonlyMap<string, string>> {
  const last = new Map<string, string>();
  // In the order of their clocks, so that the last one stands.
  for (const { finding, mark, run } of await store.track.sightingsOf(lives.map(({ id }) => id)))
    if (mark === 'fail') last.set(finding, run);
  return last;
}

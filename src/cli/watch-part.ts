import { mkdirSync } from 'node:fs';
import type { Metrics } from '../engine/watch/metrics.ts';
import { feedsFolder } from '../feeds/folder.ts';
import { storePlace } from '../store/place.ts';
import type { Wiring } from './wiring.ts';

export type WatchPartOptions = {
  readonly watch: string;
  readonly role: 'serve' | 'worker';
  readonly out: string;
  readonly feeds?: string;
};

/** Serves metrics and health of a folder's store at a place until it is closed. Throws UserError where it cannot listen. */
export async function openWatch(
  { watch: listen, role, out, feeds }: WatchPartOptions,
  env: Wiring['env'],
): Promise<{ readonly metrics: Metrics; readonly close: () => Promise<void> }> {
  const { createLog } = await import('../engine/watch/log.ts');
  const { watchStore } = await import('../pipeline/watch.ts');
  const { openStore } = await import('../store/store.ts');
  const log = createLog({ name: 'watch', env });
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const store = await openStore(storePlace(out));
  const watch = await watchStore({ listen, role, log, store, out, feeds: feedsFolder(feeds, env) }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  return {
    metrics: watch.metrics,
    close: async () => {
      await watch.close();
      await store.close();
    },
  };
}

/** The same as a part of `rasoat serve`. */
export async function watchPart(
  options: WatchPartOptions,
  env: Wiring['env'],
): Promise<(signal: AbortSignal) => Promise<void>> {
  const watch = await openWatch(options, env);
  return async (signal) => {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    await watch.close();
  };
}

import { mkdirSync } from 'node:fs';
import { feedsFolder } from '../feeds/folder.ts';
import { storePlace } from '../store/place.ts';
import type { Wiring } from './wiring.ts';

/** Serves metrics and health of a folder's store at a place until the signal aborts. Throws UserError where it cannot listen. */
export async function watchPart(
  { watch: listen, out, feeds }: { readonly watch: string; readonly out: string; readonly feeds?: string },
  env: Wiring['env'],
): Promise<(signal: AbortSignal) => Promise<void>> {
  const { createLog } = await import('../engine/watch/log.ts');
  const { watchStore } = await import('../pipeline/watch.ts');
  const { openStore } = await import('../store/store.ts');
  const log = createLog({ name: 'watch', env });
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const store = await openStore(storePlace(out));
  const watch = await watchStore({ listen, role: 'serve', log, store, out, feeds: feedsFolder(feeds, env) });
  return async (signal) => {
    try {
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    } finally {
      await watch.close();
      await store.close();
    }
  };
}

import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { hasStore, storePlace } from '../store/place.ts';
import type { Store } from '../store/types.ts';

/** Opens the store of an output folder for the time of `use`, with the run asked for or the newest one. */
export async function withRun<T>(
  out: string,
  asked: string | undefined,
  use: (store: Store, run: Run) => Promise<T>,
): Promise<T> {
  return withStore(out, async (store) => {
    const run = asked === undefined ? (await store.runs())[0] : await store.run(asked);
    if (run === undefined) {
      throw new UserError([
        { message: asked === undefined ? message('cli.no-run', { out }) : message('cli.unknown-run', { run: asked }) },
      ]);
    }
    return use(store, run);
  });
}

/** Opens the store of an output folder for the time of `use`. */
export async function withStore<T>(out: string, use: (store: Store) => Promise<T>): Promise<T> {
  if (!hasStore(out)) throw new UserError([{ message: message('cli.no-store', { out }) }]);
  const { openStore } = await import('../store/store.ts');
  const store = await openStore(storePlace(out));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

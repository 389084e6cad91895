import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { message } from '../model/text.ts';
import { hasStore, storePlace } from '../store/place.ts';
import type { Store } from '../store/types.ts';
import type { Output } from './output.ts';
import { notePruned } from './pruned-note.ts';

/**
 * Opens the store of an output folder for the time of `use`, with the scan asked for or the newest one. A partial run or a verification is no
 * look at everything: it is refused where the caller does not say that it will do. With `output`, it says so where the run's raw
 * observations were removed.
 */
export async function withRun<T>(
  out: string,
  asked: string | undefined,
  use: (store: Store, run: Run) => Promise<T>,
  { verifications = false, output }: { readonly verifications?: boolean; readonly output?: Output } = {},
): Promise<T> {
  return withStore(out, async (store) => {
    const run = asked === undefined ? (await store.runs())[0] : await store.run(asked);
    if (run === undefined) {
      throw new UserError([
        { message: asked === undefined ? message('cli.no-run', { out }) : message('cli.unknown-run', { run: asked }) },
      ]);
    }
    if (!verifications) refuseVerification(run);
    if (output !== undefined) notePruned(output, run);
    return use(store, run);
  });
}

/** Throws UserError for a run that looked at some systems or some findings alone. */
export function refuseVerification(run: Run): void {
  if (run.kind === undefined) return;
  const words = run.kind === 'partial' ? 'scheduler.is-partial' : 'verify.is-verification';
  throw new UserError([{ message: message(words, { run: run.id }) }]);
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

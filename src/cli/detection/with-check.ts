import { UserError } from '../../model/errors.ts';
import type { Run } from '../../model/run.ts';
import { message } from '../../model/text.ts';
import type { Store } from '../../store/types.ts';
import { withStore } from '../with-store.ts';

/** Opens the store for the time of `use`, with the run asked for or the newest that made a detection check. */
export function withCheck<T>(
  out: string,
  asked: string | undefined,
  use: (store: Store, run: Run) => Promise<T>,
): Promise<T> {
  return withStore(out, async (store) => {
    const { lastDetectionRun } = await import('../../pipeline/detection.ts');
    const run = asked === undefined ? await lastDetectionRun(store) : await store.run(asked);
    if (run !== undefined) return use(store, run);
    throw new UserError([
      { message: asked === undefined ? message('layers.no-check-made') : message('cli.unknown-run', { run: asked }) },
    ]);
  });
}

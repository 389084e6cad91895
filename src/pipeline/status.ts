import { troublesOf } from '../engine/watch/troubles.ts';
import { openFeeds } from '../feeds/open.ts';
import type { FleetFigures } from '../model/fleet-figures.ts';
import type { Iso } from '../model/observation.ts';
import type { Message } from '../model/text.ts';
import type { Store } from '../store/types.ts';
import { readAssessingLaw } from './assessing-law.ts';
import { fleetFigures } from './fleet-figures.ts';
import { lastBackup } from './last-backup.ts';

export type Status = {
  readonly figures: FleetFigures;
  readonly troubles: readonly Message[];
  /** Text of the raw observations of the newest finished scans, one a zone: what a run makes the store grow by. */
  readonly newestRunBytes: number;
};

/** How everything that keeps scanning going stands at an instant. */
export async function statusOf(
  store: Store,
  { out, feeds: folder, at }: { readonly out: string; readonly feeds: string; readonly at: Iso },
): Promise<Status> {
  const feeds = await openFeeds(folder);
  try {
    const lawbook = await readAssessingLaw(store);
    const backup = lastBackup(out);
    const told = await fleetFigures(store, { out, at, feeds, lawbook });
    const figures = backup === undefined ? told : { ...told, lastBackup: backup };
    let newestRunBytes = 0;
    for (const { lastFinished } of figures.zones)
      if (lastFinished !== undefined)
        newestRunBytes += (await store.prune.count(lastFinished.run, { targets: [], kinds: [] })).bytes;
    return { figures, troubles: troublesOf(figures), newestRunBytes };
  } finally {
    feeds.close();
  }
}

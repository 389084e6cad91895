import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { Store } from '../store/types.ts';
import type { TrackReader } from '../store/track-types.ts';
import { sealEntries } from '../track/chain.ts';
import { applyEntry } from '../track/fold.ts';

/**
 * Records what somebody says of findings, all of it or nothing. `entryOf` is asked with each finding as it stands once no other can
 * write, so of two people at once the second sees what the first did, and neither is lost. Returns the lives after.
 */
export async function recordChange(
  store: Store,
  ids: readonly string[],
  entryOf: (life: Life) => HistoryEntry,
): Promise<readonly Life[]> {
  let after: readonly Life[] = [];
  await store.track.change(async (reader) => {
    const found = [];
    for (const id of ids) found.push(await findLife(reader, id));
    const lives = new Map(found.map((life) => [life.id, life]));
    const entries = found.flatMap((life): readonly HistoryEntry[] => {
      const entry = entryOf(life);
      return [entry, ...applyEntry(lives, entry).map((event) => ({ at: entry.at, by: 'rasoat', event }))];
    });
    after = [...lives.values()];
    return { records: sealEntries(await reader.head(), entries), lives: after };
  });
  return after;
}

/** The finding whose id is this or begins so. Throws UserError where there is none, or more than one. */
export async function findLife(
  reader: Pick<TrackReader, 'livesBy'>,
  id: string,
  unknown = 'track.unknown-finding',
): Promise<Life> {
  const found = /^[0-9a-f]{4,16}$/.test(id) ? await reader.livesBy(id) : [];
  const [life] = found;
  if (life === undefined) throw new UserError([{ message: message(unknown, { id }) }]);
  if (found.length > 1) throw new UserError([{ message: message('track.many-findings', { id, count: found.length }) }]);
  return life;
}

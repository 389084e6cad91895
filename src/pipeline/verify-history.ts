import { canonicalJson } from '../model/canonical.ts';
import type { ChainHead, HistoryRecord } from '../model/track/history.ts';
import type { Store } from '../store/types.ts';
import { createChainCheck, recordOf, type ChainFault } from '../track/chain.ts';
import { attachmentState } from './attachments.ts';
import { createReplay, type ReplayFault } from '../track/replay.ts';

/** A place where a history is not what was written. `rewritten`: another record stands where a head was noted. */
export type HistoryFault =
  | ChainFault
  | ReplayFault
  | { readonly seq: number; readonly fault: 'rewritten' }
  | { readonly finding: string; readonly fault: 'life' }
  | { readonly run: string; readonly fault: 'sightings-unsealed' }
  | { readonly seq: number; readonly fault: 'evidence-missing' | 'evidence-altered' };

export type HistoryCheck = {
  readonly head: ChainHead;
  readonly findings: number;
  readonly faults: readonly HistoryFault[];
};

/**
 * Goes through the whole history: each link of the chain; then, while the links hold, replays it, so that every conclusion, every
 * strip and the present state of every finding must follow from what was recorded. `noted` is a head that somebody wrote
 * down earlier, which alone shows a chain that was rewritten whole. With the output folder, files that were shown as evidence are held
 * against their hashes too.
 */
export async function verifyHistory(store: Store, noted?: ChainHead, out?: string): Promise<HistoryCheck> {
  const chain = createChainCheck();
  const replay = createReplay();
  const faults: HistoryFault[] = [];
  const sealed = new Set<string>();
  let whole = true;
  for await (const page of store.track.records()) {
    for (const stored of page) {
      const broken = chain.next(stored);
      faults.push(...broken);
      whole &&= broken.length === 0;
      if (noted?.seq === stored.seq && noted.hash !== stored.hash) faults.push({ seq: stored.seq, fault: 'rewritten' });
      const record = recordOf(stored);
      if (!whole || record === undefined) continue;
      if (out !== undefined) faults.push(...(await evidenceFaults(out, record)));
      const run = record.event.kind === 'run' ? record.event.run : undefined;
      if (run !== undefined) sealed.add(run);
      faults.push(...replay.next(record, run === undefined ? [] : await store.track.sightings(run)));
    }
  }
  const head = chain.last();
  const cut = chain.end(await store.track.head());
  faults.push(...cut);
  if (noted !== undefined && noted.seq > head.seq && cut.length === 0) faults.push({ seq: head.seq + 1, fault: 'cut' });
  if (whole && cut.length === 0) {
    faults.push(...replay.end());
    for (const life of await store.track.lives()) {
      const replayed = replay.lives.get(life.id);
      if (replayed === undefined || canonicalJson(replayed) !== canonicalJson(life)) {
        faults.push({ finding: life.id, fault: 'life' });
      }
    }
    const stored = new Set((await store.track.lives()).map(({ id }) => id));
    for (const id of replay.lives.keys()) if (!stored.has(id)) faults.push({ finding: id, fault: 'life' });
    for (const run of await store.track.sightingRuns()) {
      if (!sealed.has(run)) faults.push({ run, fault: 'sightings-unsealed' });
    }
  }
  return { head, findings: replay.lives.size, faults };
}

async function evidenceFaults(out: string, { seq, event }: HistoryRecord): Promise<readonly HistoryFault[]> {
  if (event.kind !== 'attached' || event.sha256 === undefined) return [];
  const state = await attachmentState(out, event.sha256);
  return state === 'whole' ? [] : [{ seq, fault: `evidence-${state}` }];
}

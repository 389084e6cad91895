import type { Entry, RecordKind } from '../../evidence/entry.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { Finding } from '../../model/finding.ts';
import type { System } from '../../model/inventory.ts';
import type { Run } from '../../model/run.ts';
import type { Target } from '../../model/target.ts';
import type { Store } from '../../store/types.ts';
import { recordOf } from '../../track/chain.ts';

export type SystemPieces = {
  readonly run: Run;
  readonly judgement: number;
  readonly system: System;
  readonly targets: readonly Target[];
  /** Ids of the findings that the history follows. */
  readonly lives: readonly string[];
  readonly own: boolean;
  /** Findings without what they tell of systems of others; absent: as they are. */
  readonly narrow?: (findings: readonly Finding[]) => readonly Finding[];
};

/** Everything of one system: as declared, looked at, seen, judged, assessed, set aside, and what happened to its findings. */
export async function* systemEntries(store: Store, pieces: SystemPieces): AsyncGenerator<Entry> {
  const { run, judgement, targets, own, narrow } = pieces;
  const { waivers, ...system } = pieces.system;
  const entry = (kind: RecordKind, body: unknown): Entry => ({ kind, body, own });
  yield entry('system', system);
  for (const waiver of waivers ?? []) yield entry('aside', { part: 'waiver', system: system.id, ...waiver });
  for (const target of targets) yield entry('target', target);
  const seen = await store.targetEvidence(
    run.id,
    judgement,
    targets.map(({ key }) => key),
  );
  for (const observation of seen.observations) yield entry('observation', observation);
  for (const [target, software] of seen.known) yield entry('known', { target, software });
  const narrowed = own && narrow !== undefined ? narrow(seen.findings) : seen.findings;
  for (const [index, finding] of seen.findings.entries()) {
    const part = narrowed[index];
    const isWhole = part === finding || canonicalJson(part) === canonicalJson(finding);
    yield { ...entry('finding', finding), ...(isWhole ? {} : { narrowed: part }) };
  }
  for (const assessment of await store.assessmentsOf(judgement, system.id)) yield entry('assessment', assessment);
  yield* historyEntries(store, pieces);
}

/**
 * What happened to the findings until the run ended, so that later words do not change the pack of this run. Without the
 * hashes of the history's own chain: the one before a record may be of somebody else's, and is not salted.
 */
async function* historyEntries(store: Store, { run, lives, own }: SystemPieces): AsyncGenerator<Entry> {
  const until = run.endedAt ?? run.startedAt;
  for (const raw of await store.track.recordsOf(lives)) {
    const record = recordOf(raw);
    if (record === undefined || record.at > until) continue;
    const { prev: _prev, hash: _hash, ...body } = record;
    const isAside = body.event.kind === 'set-aside' || body.event.kind === 'set-aside-ended';
    yield { kind: isAside ? 'aside' : 'history', body, own };
  }
}

import type { Finding } from '../model/finding.ts';
import { own } from '../model/own.ts';
import type { Run } from '../model/run.ts';
import { softwareKey, type KnownSoftwareTable, type SoftwareQuery } from '../model/vulnerability.ts';
import type { Judgement, KnownByTarget, Store } from '../store/types.ts';
import { changed } from './reading-changed.ts';
import { judgeAgain } from './rejudge.ts';

/** A run's findings as they were judged, by the checks of a later judgement, and by its data too. */
export type ReadAgain = {
  readonly before: readonly Finding[];
  readonly byChecks: readonly Finding[];
  readonly byLawbook: readonly Finding[];
  readonly checks: boolean;
  readonly data: boolean;
  /** False where one of the two differs and the run's observations are not here to be judged again. */
  readonly toldApart: boolean;
};

/** Reads a run's observations as a later judgement reads: by its checks, then by its data (end-of-life dates, feeds) too. */
export async function readAgain(store: Store, run: Run, was: Judgement, is: Judgement): Promise<ReadAgain> {
  const known = await store.known(was.id);
  const laterKnown = await store.known(is.id);
  const { checks, data } = changed(was, is, known, laterKnown);
  const before = await store.findings(was.id);
  const differs = checks || data;
  if (differs && (run.pruned !== undefined || (await store.targets(run.id, 'done')).length === 0))
    return { before, byChecks: before, byLawbook: before, checks, data, toldApart: false };
  const byHalf = { ...was.lawbook, checks: is.lawbook.checks };
  const byChecks = checks ? (await judgeAgain(store, run, byHalf, askOf([known]))).findings : before;
  const byLawbook = data ? (await judgeAgain(store, run, is.lawbook, askOf([laterKnown, known]))).findings : byChecks;
  return { before, byChecks, byLawbook, checks, data, toldApart: true };
}

/** Feeds as far as their answers were kept: the first table that knows the product and version. */
function askOf(tables: readonly KnownByTarget[]): (queries: readonly SoftwareQuery[]) => KnownSoftwareTable {
  const merged = tables.map((byTarget) => Object.assign({}, ...byTarget.values()) as KnownSoftwareTable);
  return (queries) =>
    Object.fromEntries(
      queries.flatMap((query) => {
        const key = softwareKey(query);
        const answer = merged.map((table) => own(table, key)).find((one) => one !== undefined);
        return answer === undefined ? [] : [[key, answer]];
      }),
    );
}

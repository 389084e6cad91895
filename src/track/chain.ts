import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { ChainHead, HistoryEntry, HistoryRecord } from '../model/track/history.ts';

/** What stands before the first record. */
export const chainStart: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** Links entries behind a head: each record's hash is SHA-256 over the hash before it, a line feed, and its body. Pure. */
export function sealEntries(head: ChainHead, entries: readonly HistoryEntry[]): readonly HistoryRecord[] {
  let last = head;
  return entries.map((entry) => {
    const record = { ...entry, seq: last.seq + 1, prev: last.hash };
    const hash = hashOf(record);
    last = { seq: record.seq, hash };
    return { ...record, hash };
  });
}

function hashOf({ prev, hash: _hash, ...body }: Omit<HistoryRecord, 'hash'> & { readonly hash?: string }): string {
  return createHash('sha256')
    .update(`${prev}\n${canonicalJson(body)}`)
    .digest('hex');
}

/** A record as the store hands it over: its place in the table, and what it says of itself. */
export type StoredRecord = {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly body: unknown;
};

/**
 * What is wrong at a place of the chain.
 *
 * - `altered`: the body is not what was sealed
 * - `missing`: no record has this number
 * - `moved`: the body was sealed under another number
 * - `unlinked`: a record that fits its own hash and does not follow the one before it
 * - `cut`: the chain ends before or beyond the head that was noted
 */
export type ChainFault = {
  readonly seq: number;
  readonly fault: 'altered' | 'missing' | 'moved' | 'unlinked' | 'cut';
};

/** Checks a chain link by link, in the order of the numbers of its records; give all of them, then ask for `end`. */
export function createChainCheck(): {
  readonly next: (stored: StoredRecord) => readonly ChainFault[];
  readonly end: (head: ChainHead) => readonly ChainFault[];
  /** The hash of a record that was gone through, for a head that somebody noted. */
  readonly last: () => ChainHead;
} {
  let last = chainStart;
  return {
    next: (stored) => {
      const faults: ChainFault[] = [];
      for (let seq = last.seq + 1; seq < Math.min(stored.seq, last.seq + 100); seq++)
        faults.push({ seq, fault: 'missing' });
      const whole = faults.length === 0;
      const record = recordOf(stored);
      if (record === undefined || hashOf({ ...record, prev: stored.prev }) !== stored.hash) {
        faults.push({ seq: stored.seq, fault: 'altered' });
      } else if (record.seq !== stored.seq) {
        faults.push({ seq: stored.seq, fault: 'moved' });
      } else if (whole && stored.prev !== last.hash) {
        faults.push({ seq: stored.seq, fault: 'unlinked' });
      }
      last = { seq: stored.seq, hash: stored.hash };
      return faults;
    },
    end: (head) => {
      if (head.seq === last.seq && head.hash === last.hash) return [];
      return [{ seq: Math.max(1, Math.min(head.seq, last.seq) + (head.seq === last.seq ? 0 : 1)), fault: 'cut' }];
    },
    last: () => last,
  };
}

/** The record that a stored body tells, number included; undefined where it is none. */
export function recordOf({ prev, hash, body }: StoredRecord): HistoryRecord | undefined {
  if (body === null || typeof body !== 'object' || !('seq' in body) || !('event' in body)) return undefined;
  return { ...(body as Omit<HistoryRecord, 'prev' | 'hash'>), prev, hash };
}

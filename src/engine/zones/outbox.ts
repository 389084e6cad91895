import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { canonicalJson } from '../../model/canonical.ts';
import type { ControlRound } from '../../model/control.ts';
import type { Lease, LookCosts, LookResult, WorkerAbout } from '../../model/desk.ts';

/** What an agent has to tell the centre. */
export type OutboxTold = {
  /** The process that saw it: what it sent to each address is counted under its name. */
  readonly session: string;
} & (
  | {
      readonly lease: Lease;
      /** Absent: that the lane is done. */
      readonly results?: readonly LookResult[];
    }
  | OutboxRound
  | OutboxCosts
);
/** One reading of the zone's controls for a run. */
export type OutboxRound = { readonly run: string; readonly round: ControlRound };
/** What looks of a run that came to nothing have sent. */
export type OutboxCosts = { readonly run: string; readonly told: LookCosts };

/** What the centre would not take as it is. */
export type OutboxRefused = {
  readonly seq: number;
  readonly reason: string;
  readonly run: string;
  /** Absent of readings of controls and of costs. */
  readonly lane?: string;
  readonly targets: readonly string[];
};

/** What it still has to tell, in the order of its telling. */
export type OutboxEntry = OutboxTold & { readonly seq: number };

/** Kept on this machine's disk before anything is sent, and until the centre has it: what a commit has answered survives a power cut. */
export type Outbox = {
  readonly begin: (about: WorkerAbout) => void;
  readonly about: (session: string) => WorkerAbout | undefined;
  readonly add: (entry: OutboxTold) => void;
  readonly first: () => OutboxEntry | undefined;
  readonly count: () => number;
  /** Of everything that waits, so that the centre is told that somebody is still at it. */
  readonly leases: () => readonly Lease[];
  readonly acknowledged: (seq: number) => void;
  /** The centre will not take it as it is: kept apart, so that what comes after it gets through. */
  readonly refused: (seq: number, reason: string) => void;
  readonly refusals: () => readonly OutboxRefused[];
  readonly close: () => void;
};

/** Opens (or makes, for its owner alone) the outbox of a folder. Another agent at it is refused by `busy`. */
export function openOutbox(folder: string, busy: () => never): Outbox {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'outbox.sqlite');
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS session (session TEXT PRIMARY KEY, about TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, lease TEXT, results TEXT, other TEXT);
      CREATE TABLE IF NOT EXISTS refused (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL, session TEXT NOT NULL, lease TEXT, results TEXT, other TEXT);
      BEGIN IMMEDIATE; COMMIT`);
  } catch (error) {
    db.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return busy();
    throw error;
  }
  const insert = db.prepare('INSERT INTO entry (session, lease, results, other) VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM entry WHERE seq = ?');
  return {
    begin: (about) => {
      db.exec('DELETE FROM session WHERE session NOT IN (SELECT session FROM entry)');
      db.prepare('INSERT OR REPLACE INTO session VALUES (?, ?)').run(about.session, canonicalJson(about));
    },
    about: (session) => {
      const row = db.prepare('SELECT about FROM session WHERE session = ?').get(session);
      return row === undefined ? undefined : (JSON.parse(String(row['about'])) as WorkerAbout);
    },
    add: (told) => {
      if (!('lease' in told)) {
        const { session, ...other } = told;
        insert.run(session, null, null, canonicalJson(other));
        return;
      }
      const { session, lease, results } = told;
      insert.run(session, canonicalJson(lease), results === undefined ? null : canonicalJson(results), null);
    },
    first: () => {
      const row = db.prepare('SELECT * FROM entry ORDER BY seq LIMIT 1').get();
      if (row === undefined) return undefined;
      const common = { seq: Number(row['seq']), session: String(row['session']) };
      if (row['other'] !== null)
        return { ...common, ...(JSON.parse(String(row['other'])) as OutboxRound | OutboxCosts) };
      return {
        ...common,
        lease: JSON.parse(String(row['lease'])) as Lease,
        ...(row['results'] === null ? {} : { results: JSON.parse(String(row['results'])) as readonly LookResult[] }),
      };
    },
    count: () => Number(db.prepare('SELECT count(*) AS n FROM entry').get()?.['n'] ?? 0),
    leases: () =>
      db
        .prepare('SELECT DISTINCT lease FROM entry WHERE lease IS NOT NULL LIMIT 1000')
        .all()
        .map((row) => JSON.parse(String(row['lease'])) as Lease),
    acknowledged: (seq) => {
      remove.run(seq);
    },
    refused: (seq, reason) => {
      db.exec('BEGIN IMMEDIATE');
      db.prepare('INSERT INTO refused SELECT seq, ?, session, lease, results, other FROM entry WHERE seq = ?').run(
        reason,
        seq,
      );
      remove.run(seq);
      db.exec('COMMIT');
    },
    refusals: () => db.prepare('SELECT * FROM refused ORDER BY seq').all().map(refusalOf),
    close: () => {
      db.close();
    },
  };
}

function refusalOf(row: Readonly<Record<string, SQLOutputValue>>): OutboxRefused {
  const about = { seq: Number(row['seq']), reason: String(row['reason']) };
  if (row['lease'] === null)
    return { ...about, run: (JSON.parse(String(row['other'])) as OutboxRound).run, targets: [] };
  const { run, lane } = JSON.parse(String(row['lease'])) as Lease;
  const results = JSON.parse(String(row['results'] ?? '[]')) as readonly LookResult[];
  return { ...about, run, lane, targets: results.map(({ target }) => target) };
}

import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '../../model/canonical.ts';
import type { ControlsLine, NameLine, ResultLine } from '../../model/carried.ts';
import { sumCosts, sumResolverCosts } from '../../model/cost-sum.ts';
import type { Iso } from '../../model/observation.ts';
import type { ResolverCost, ScanCost } from '../../model/run.ts';

/** What one target brought, with what was sent for it so far. */
export type SpooledLook = {
  readonly line: ResultLine;
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
};

/** What an agent without a wire has seen of one plan, on its own disk: what a commit has answered survives a power cut. */
export type PlanSpool = {
  /** The names as they were when the plan was first expanded; undefined: it was not yet. */
  readonly planned: () => { readonly at: Iso; readonly names: readonly NameLine[] } | undefined;
  readonly setPlanned: (at: Iso, names: readonly NameLine[]) => void;
  readonly beginSession: (at: Iso) => void;
  readonly add: (look: SpooledLook, at: Iso) => void;
  /** What connections that closed after the last look cost is told here. */
  readonly endSession: (at: Iso, sent: Omit<SpooledLook, 'line'>) => void;
  /** Keeps a reading of the zone's controls, after the results that are there. */
  readonly addControls: (line: ControlsLine) => void;
  /** In the order in which they were made. */
  readonly controls: () => readonly ControlsLine[];
  /** Whether one was made after the last result. */
  readonly isReadAfter: () => boolean;
  readonly done: () => ReadonlySet<string>;
  /** By target, so that one spool gives one file. */
  readonly results: () => Iterable<ResultLine>;
  /** Over all sessions. */
  readonly costs: () => readonly ScanCost[];
  readonly resolverCosts: () => readonly ResolverCost[];
  readonly sessions: () => readonly { readonly start: Iso; readonly end: Iso }[];
  readonly close: () => void;
};

/** Opens (or makes, readable by its owner alone) the spool of one plan. A second agent at it is refused by `busy`. */
export function openPlanSpool(path: string, busy: () => never): PlanSpool {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    // The lock is held until the process dies in whatever way: two agents at one spool would look at everything twice.
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS planned (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL, names TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY, start TEXT NOT NULL, stop TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS result (target TEXT PRIMARY KEY, body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS controls (id INTEGER PRIMARY KEY, done INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS cost (session INTEGER, address TEXT, body TEXT NOT NULL, PRIMARY KEY (session, address));
      CREATE TABLE IF NOT EXISTS resolver_cost (session INTEGER, server TEXT, body TEXT NOT NULL, PRIMARY KEY (session, server));
      BEGIN IMMEDIATE; COMMIT`);
  } catch (error) {
    db.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return busy();
    throw error;
  }
  let session = 0;
  const rows = (sql: string) => db.prepare(sql).all();
  const bodies = (sql: string): readonly unknown[] =>
    rows(sql).map((row) => JSON.parse(String(row['body'])) as unknown);
  const keepCosts = ({ costs, resolverCosts }: Omit<SpooledLook, 'line'>): void => {
    const cost = db.prepare('INSERT OR REPLACE INTO cost (session, address, body) VALUES (?, ?, ?)');
    for (const one of costs) cost.run(session, one.address, canonicalJson(one));
    const asked = db.prepare('INSERT OR REPLACE INTO resolver_cost (session, server, body) VALUES (?, ?, ?)');
    for (const one of resolverCosts) asked.run(session, one.server, canonicalJson(one));
  };
  return {
    planned: () => {
      const [row] = rows('SELECT at, names FROM planned');
      if (row === undefined) return undefined;
      return { at: String(row['at']), names: JSON.parse(String(row['names'])) as readonly NameLine[] };
    },
    setPlanned: (at, names) => {
      db.prepare('INSERT INTO planned (id, at, names) VALUES (1, ?, ?)').run(at, canonicalJson(names));
    },
    beginSession: (at) => {
      session = Number(db.prepare('INSERT INTO session (start, stop) VALUES (?, ?)').run(at, at).lastInsertRowid);
    },
    add: ({ line, costs, resolverCosts }, at) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        db.prepare('INSERT INTO result (target, body) VALUES (?, ?)').run(line.target, canonicalJson(line));
        keepCosts({ costs, resolverCosts });
        db.prepare('UPDATE session SET stop = ? WHERE id = ?').run(at, session);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    endSession: (at, sent) => {
      keepCosts(sent);
      db.prepare('UPDATE session SET stop = ? WHERE id = ?').run(at, session);
    },
    addControls: (line) => {
      db.prepare('INSERT INTO controls (done, body) SELECT count(*), ? FROM result').run(canonicalJson(line));
    },
    controls: () => bodies('SELECT body FROM controls ORDER BY id') as readonly ControlsLine[],
    isReadAfter: () => rows('SELECT 1 FROM controls WHERE done = (SELECT count(*) FROM result)').length > 0,
    done: () => new Set(rows('SELECT target FROM result').map((row) => String(row['target']))),
    *results() {
      for (const row of db.prepare('SELECT body FROM result ORDER BY target').iterate())
        yield JSON.parse(String(row['body'])) as ResultLine;
    },
    costs: () => sumCosts(bodies('SELECT body FROM cost') as readonly ScanCost[]),
    resolverCosts: () => sumResolverCosts(bodies('SELECT body FROM resolver_cost') as readonly ResolverCost[]),
    sessions: () =>
      rows('SELECT start, stop FROM session ORDER BY id').map((row) => ({
        start: String(row['start']),
        end: String(row['stop']),
      })),
    close: () => {
      db.close();
    },
  };
}

import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { canonicalJson, contentHash } from '../../../src/model/canonical.ts';
import { loadTrend } from '../../../src/pipeline/load-trend.ts';
import { trackRuns } from '../../../src/pipeline/track-run.ts';
import { keepLooks } from '../../../src/store/look.ts';
import { openDatabase, openStore } from '../../../src/store/store.ts';
import { createRandom } from '../../simulate/random.ts';
import { filled, makeProvince, type BenchSystem } from './province.ts';
import type { Template } from './template.ts';

const weekMs = 7 * 86_400_000;
/** A Monday morning in Viet Nam. */
const begins = Date.UTC(2025, 11, 1, 1);
const instant = (week: number, minutes: number): string =>
  new Date(begins + week * weekMs + minutes * 60_000).toISOString();

const runOf = (week: number): string =>
  `${instant(week, 0).slice(0, 10).replaceAll('-', '')}-010000-${String(week).padStart(8, '0')}`;

export type Filled = { readonly rows: number; readonly systems: number; readonly weeks: number };

/**
 * Fills an empty SQLite store with weekly runs. Rows of a run go in by plain statements in the shape that `src/store/write.ts` writes
 * (`checkShape` holds it against the real run); the life of findings is taken in by the program itself.
 */
export async function fillYear(
  path: string,
  template: Template,
  { systems: count, weeks }: { readonly systems: number; readonly weeks: number },
  onWeek: (week: number) => void,
): Promise<Filled> {
  const province = makeProvince(template, count);
  await (await openStore(path)).close();
  const inventory = {
    hash: contentHash(province.inventory),
    kind: 'inventory',
    body: canonicalJson(province.inventory),
  };
  const fates = fatesOf(province.systems, weeks);
  let rows = 0;
  for (let week = 0; week < weeks; week += 1) {
    const db = new DatabaseSync(path);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
    const into = inserter(db);
    if (week === 0) for (const one of [...template.snapshots, inventory]) into('snapshot', one);
    rows += writeRun(into, province.systems, template, inventory.hash, week, fates);
    db.exec('COMMIT');
    db.close();
    await takeIn(path, runOf(week));
    onWeek(week);
  }
  return { rows, systems: count, weeks };
}

/** What the program does of itself when a run ends. */
async function takeIn(path: string, run: string): Promise<void> {
  const db = await openDatabase({ engine: 'sqlite', path });
  await keepLooks(db, run);
  await db.destroy();
  const store = await openStore(path);
  await trackRuns(store);
  // As `closeRun` does where what it counts by has changed since the week before: a year that begins, a text that comes into force.
  await loadTrend(store, {});
  await store.close();
}

type Insert = (table: string, row: Readonly<Record<string, SQLInputValue>>) => void;

function inserter(db: DatabaseSync): Insert {
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  return (table, row) => {
    const columns = Object.keys(row);
    const key = `${table} ${columns.join()}`;
    const names = columns.map((name) => `"${name}"`).join(', ');
    const statement =
      prepared.get(key) ??
      db.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`);
    prepared.set(key, statement);
    statement.run(...Object.values(row));
  };
}

function writeRun(
  into: Insert,
  systems: readonly BenchSystem[],
  template: Template,
  inventoryHash: string,
  week: number,
  fates: Fates,
): number {
  const run = runOf(week);
  const judgement = week + 1;
  const [started, at, ended] = [instant(week, 0), instant(week, 30), instant(week, 60)];
  let rows = 0;
  const put: Insert = (table, row) => {
    rows += 1;
    into(table, row);
  };
  put('run', {
    id: run,
    tool: 'rasoat 0.1.0',
    kind: 'scan',
    zone: template.zone,
    state: 'finished',
    started_at: started,
    ended_at: ended,
    inventory_hash: inventoryHash,
    settings: template.settings,
  });
  put('resolver_cost', {
    run,
    session: '1',
    server: '192.0.2.53 port 53',
    queries: 2 * systems.length,
    bytes_sent: 120 * systems.length,
    bytes_received: 400 * systems.length,
  });
  const { id: _id, run: _run, at: _at, ...hashes } = template.judgement;
  put('judgement', { id: judgement, run, at: started, ...hashes });
  let position = 0;
  for (const [index, system] of systems.entries()) {
    const silent = fates.silent(index, week);
    for (const { key, body } of system.targets) {
      put('target', { run, key, position, system: system.id, state: 'done', body });
      position += 1;
      put('cost', {
        run,
        session: '1',
        address: key,
        connections: 80,
        datagrams: 2,
        refused_by_guard: 0,
        bytes_sent: 40_000,
        bytes_received: 120_000,
        peak_per_second: 4,
      });
    }
    for (const { target, kind, ok, seen, silent: none } of system.observations) {
      const unseen = silent || !ok;
      const body = filled(silent ? none : seen, at);
      put('observation', { run, target, kind, at, ok: unseen ? 0 : 1, failure: unseen ? 'timeout' : null, body });
    }
    for (const [place, { target, check, severity, outcome, ...text }] of system.findings.entries()) {
      const now = silent ? 'not-observed' : outcome === 'fail' ? fates.outcome(index, place, week) : outcome;
      const holed = now === outcome ? text.asFound : now === 'pass' ? text.passed : text.unseen;
      put('finding', { judgement, target, check, system: system.id, outcome: now, severity, body: filled(holed, at) });
    }
    for (const one of system.assessments) put('assessment', { judgement, system: system.id, ...one });
    for (const one of system.known) put('known', { judgement, ...one });
  }
  return rows;
}

type Fates = {
  /** Whether a whole system did not answer in a week: one in fifty. */
  readonly silent: (system: number, week: number) => boolean;
  /** Of what fails in the template: most stay, some are mended for good, some begin late, some come and go. */
  readonly outcome: (system: number, finding: number, week: number) => 'fail' | 'pass';
};

function fatesOf(systems: readonly BenchSystem[], weeks: number): Fates {
  const random = createRandom(1);
  const silences = systems.map(() => Array.from({ length: weeks }, () => random.upTo(50) === 0));
  const spans = systems.map(({ findings }) =>
    findings.map((): readonly [from: number, until: number] => {
      const fate = random.upTo(100);
      const when = random.upTo(weeks);
      if (fate < 70) return [0, weeks];
      if (fate < 85) return [0, when];
      if (fate < 95) return [when, weeks];
      return [when, Math.min(weeks, when + 5)];
    }),
  );
  return {
    silent: (system, week) => silences[system]?.[week] === true,
    outcome: (system, finding, week) => {
      const [from = 0, until = 0] = spans[system]?.[finding] ?? [];
      return week >= from && week < until ? 'fail' : 'pass';
    },
  };
}

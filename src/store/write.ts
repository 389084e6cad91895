import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { FindingAside } from '../model/aside.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { canonicalJson, contentHash } from '../model/canonical.ts';
import type { ResolverCost, ScanCost } from '../model/run.ts';
import { dbNow } from './db-now.ts';
import { findingRow } from './finding-row.ts';
import type { Database } from './tables.ts';
import type { KnownByTarget, Lawbook, NewRun, TargetResult } from './types.ts';

type Tx = Transaction<Database>;

/** Writes a run with all its targets waiting and its first, still empty, judgement. */
export async function createRun(tx: Tx, run: NewRun): Promise<void> {
  const inventoryHash = await saveSnapshot(tx, 'inventory', run.inventory);
  await tx
    .insertInto('run')
    .values({
      id: run.id,
      tool: run.tool,
      kind: run.kind ?? 'scan',
      zone: run.zone,
      state: 'running',
      started_at: run.startedAt,
      ended_at: null,
      inventory_hash: inventoryHash,
      settings: canonicalJson(run.settings),
    })
    .execute();
  await insertMany(
    run.targets.map((target, position) => ({
      run: run.id,
      key: target.key,
      position,
      system: target.system,
      state: 'waiting' as const,
      body: canonicalJson(target),
    })),
    (rows) => tx.insertInto('target').values(rows).execute(),
  );
  await insertJudgement(tx, run.id, run.startedAt, run.lawbook);
  const { id, zone, starter, endsAt } = run;
  if (starter === undefined) return;
  const ends = endsAt === undefined ? {} : { ends_at: endsAt };
  await tx
    .insertInto('dispatch')
    .values({ run: id, zone, state: 'sending', starter, seen_at: dbNow(), ...ends })
    .execute();
}

/** Writes what one target brought; throws when it was committed before, so that nothing is counted twice. */
export async function commitTarget(tx: Tx, run: string, session: string, result: TargetResult): Promise<void> {
  const kept = await commitOnce(tx, run, session, result);
  if (!kept) throw new Error(`target ${result.target} of run ${run} was committed before`);
}

/** The same; false, and nothing written, when it was committed before. */
export async function commitOnce(tx: Tx, run: string, session: string, result: TargetResult): Promise<boolean> {
  const { id } = await tx
    .selectFrom('judgement')
    .select('id')
    .where('run', '=', run)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const changed = await tx
    .updateTable('target')
    .set({ state: 'done' })
    .where('run', '=', run)
    .where('key', '=', result.target)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) return false;
  await insertMany(
    result.observations.map((observation) => ({
      run,
      target: result.target,
      kind: observation.kind,
      at: observation.at,
      ok: observation.ok ? (1 as const) : (0 as const),
      failure: observation.ok ? null : observation.failure.code,
      body: canonicalJson(observation),
    })),
    (rows) => tx.insertInto('observation').values(rows).execute(),
  );
  await insertFindings(tx, id, result.findings);
  if (result.known !== undefined) await insertKnown(tx, id, new Map([[result.target, result.known]]));
  await saveAllCosts(tx, run, session, result);
  return true;
}

/** Puts what a session has sent so far in the place of what it told before. */
export async function saveAllCosts(
  tx: Tx,
  run: string,
  session: string,
  { costs, resolverCosts }: Pick<TargetResult, 'costs' | 'resolverCosts'>,
): Promise<void> {
  await saveCosts(tx, run, session, costs);
  await saveResolverCosts(tx, run, session, resolverCosts);
}

/** What a process sent only grows, and several of its results may be committed out of their order: the most that was told counts. */
function larger(table: 'cost' | 'resolver_cost', column: string): RawBuilder<number> {
  const [told, kept] = [sql.ref(`excluded.${column}`), sql.ref(`${table}.${column}`)];
  return sql<number>`case when ${told} > ${kept} then ${told} else ${kept} end`;
}

async function saveCosts(tx: Tx, run: string, session: string, costs: readonly ScanCost[]): Promise<void> {
  await insertMany(
    costs.map((cost) => ({
      run,
      session,
      address: cost.address,
      connections: cost.connections,
      datagrams: cost.datagrams,
      refused_by_guard: cost.refusedByGuard,
      bytes_sent: cost.bytesSent,
      bytes_received: cost.bytesReceived,
      peak_per_second: cost.peakPerSecond,
    })),
    (rows) =>
      tx
        .insertInto('cost')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['run', 'session', 'address']).doUpdateSet(() => ({
            connections: larger('cost', 'connections'),
            datagrams: larger('cost', 'datagrams'),
            refused_by_guard: larger('cost', 'refused_by_guard'),
            bytes_sent: larger('cost', 'bytes_sent'),
            bytes_received: larger('cost', 'bytes_received'),
            peak_per_second: larger('cost', 'peak_per_second'),
          })),
        )
        .execute(),
  );
}

async function saveResolverCosts(tx: Tx, run: string, session: string, costs: readonly ResolverCost[]): Promise<void> {
  const asked = costs.filter(({ queries }) => queries > 0);
  await insertMany(
    asked.map(({ server, queries, bytesSent, bytesReceived }) => ({
      run,
      session,
      server,
      queries,
      bytes_sent: bytesSent,
      bytes_received: bytesReceived,
    })),
    (rows) =>
      tx
        .insertInto('resolver_cost')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['run', 'session', 'server']).doUpdateSet(() => ({
            queries: larger('resolver_cost', 'queries'),
            bytes_sent: larger('resolver_cost', 'bytes_sent'),
            bytes_received: larger('resolver_cost', 'bytes_received'),
          })),
        )
        .execute(),
  );
}

/** Writes the lawbook and a judgement by it; returns its number. */
export async function insertJudgement(tx: Tx, run: string, at: string, lawbook: Lawbook): Promise<number> {
  const checks_hash = await saveSnapshot(tx, 'checks', lawbook.checks);
  const frameworks_hash = await saveSnapshot(tx, 'frameworks', lawbook.frameworks);
  const reference_hash = await saveSnapshot(tx, 'reference', lawbook.reference);
  const levels_hash = lawbook.levels === undefined ? null : await saveSnapshot(tx, 'levels', lawbook.levels);
  const { id } = await tx
    .insertInto('judgement')
    .values({ run, at, checks_hash, frameworks_hash, reference_hash, levels_hash })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes the findings of a judgement. */
export function insertFindings(tx: Tx, judgement: number, findings: readonly Finding[]): Promise<void> {
  return insertMany(
    findings.map((finding) => ({ judgement, ...findingRow(finding) })),
    (rows) => tx.insertInto('finding').values(rows).execute(),
  );
}

/** Writes findings in the place of those of the same target and check. */
export async function replaceFindings(tx: Tx, judgement: number, findings: readonly Finding[]): Promise<void> {
  for (const { target, check } of findings) {
    await tx
      .deleteFrom('finding')
      .where('judgement', '=', judgement)
      .where('target', '=', target)
      .where('check', '=', check)
      .execute();
  }
  await insertFindings(tx, judgement, findings);
}

/** Writes what the feeds answered; equal answers are kept once. */
export async function insertKnown(tx: Tx, judgement: number, known: KnownByTarget): Promise<void> {
  const rows: { judgement: number; target: string; hash: string }[] = [];
  for (const [target, table] of known) {
    if (Object.keys(table).length === 0) continue;
    rows.push({ judgement, target, hash: await saveSnapshot(tx, 'reference', table) });
  }
  await insertMany(rows, (some) => tx.insertInto('known').values(some).execute());
}

/** Writes the assessments of a judgement. */
export function insertAssessments(tx: Tx, judgement: number, assessments: readonly Assessment[]): Promise<void> {
  return insertMany(
    assessments.map((assessment) => ({
      judgement,
      system: assessment.system,
      obligation: assessment.obligation,
      verdict: assessment.verdict,
      body: canonicalJson(assessment),
    })),
    (rows) => tx.insertInto('assessment').values(rows).execute(),
  );
}

/** Keeps what set fails aside for a judgement's assessments. */
export async function saveAsides(tx: Tx, judgement: number, asides: readonly FindingAside[]): Promise<void> {
  const asides_hash = await saveSnapshot(tx, 'asides', asides);
  await tx.updateTable('judgement').set({ asides_hash }).where('id', '=', judgement).execute();
}

/** Inserts in batches that stay under SQLite's limit of bound values. */
async function insertMany<Row>(rows: readonly Row[], insert: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await insert(rows.slice(from, from + 500));
}

/** Keeps a value under its content hash. */
export async function saveSnapshot(tx: Tx, kind: Database['snapshot']['kind'], value: unknown): Promise<string> {
  const hash = contentHash(value);
  await tx
    .insertInto('snapshot')
    .values({ hash, kind, body: canonicalJson(value) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
  return hash;
}

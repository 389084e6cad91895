import { createHash } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import { counted, tableKeys, tableNames, type TableName } from './table-list.ts';
import type { Database } from './tables.ts';

/** One table as copied: its rows and SHA-256 over them in the order of its key. */
export type TableDigest = { readonly table: TableName; readonly rows: number; readonly sha256: string };

export type CopyEvents = { readonly table?: (table: TableName, rows: number) => void };

type Row = Readonly<Record<string, unknown>>;

/** Rows read at a time. */
const page = 500;

/**
 * Copies every row of one store into another, which must be empty, in one transaction on each side: the source is one instant of
 * it, the target is whole or as it was. Gives the digests, read back from the target. Throws where they differ.
 */
export async function copyRows(
  source: Kysely<Database>,
  target: Kysely<Database>,
  events: CopyEvents = {},
): Promise<readonly TableDigest[]> {
  // SQLite's reader sees one instant anyway, and kysely lets nobody ask it for it.
  const reading = source.transaction();
  return (isPostgres(source) ? reading.setIsolationLevel('repeatable read') : reading).execute(async (from) => {
    const read: TableDigest[] = [];
    return target.transaction().execute(async (to) => {
      for (const table of tableNames) {
        const digest = createDigest(table);
        for await (const rows of pagesOf(from, table)) {
          digest.add(rows);
          await insertRows(to, table, rows);
          events.table?.(table, digest.rows());
        }
        read.push(digest.end());
      }
      for (const table of counted) await countOn(to, table);
      const written = await digestsOf(to);
      const differs = written.find(({ sha256 }, index) => sha256 !== read[index]?.sha256);
      if (differs !== undefined) throw new Error(`table ${differs.table} is another after the copy`);
      return written;
    });
  });
}

/** Whether a store holds nothing yet. */
export async function isEmpty(db: Kysely<Database>): Promise<boolean> {
  for (const table of tableNames) {
    const row = await sql<{ one: number }>`select 1 as one from ${sql.table(table)} limit 1`.execute(db);
    if (row.rows.length > 0) return false;
  }
  return true;
}

/** The digest of every table, in their order. */
export async function digestsOf(db: Kysely<Database> | Transaction<Database>): Promise<readonly TableDigest[]> {
  const all: TableDigest[] = [];
  for (const table of tableNames) {
    const digest = createDigest(table);
    for await (const rows of pagesOf(db, table)) digest.add(rows);
    all.push(digest.end());
  }
  return all;
}

function createDigest(table: TableName) {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add: (rows: readonly Row[]) => {
      for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
      count += rows.length;
    },
    rows: () => count,
    end: (): TableDigest => ({ table, rows: count, sha256: hash.digest('hex') }),
  };
}

/** All rows of a table in the order of its key, some at a time, each page from behind the last row of the one before. */
async function* pagesOf(
  db: Kysely<Database> | Transaction<Database>,
  table: TableName,
): AsyncGenerator<readonly Row[]> {
  const keys = tableKeys[table] as readonly string[];
  const columns = sql.join(keys.map((key) => sql.ref(key)));
  let last: Row | undefined;
  for (;;) {
    const after: Row | undefined = last;
    const behind =
      after === undefined ? sql`` : sql`where (${columns}) > (${sql.join(keys.map((key) => sql.val(after[key])))})`;
    const { rows } =
      await sql<Row>`select * from ${sql.table(table)} ${behind} order by ${columns} limit ${sql.lit(page)}`.execute(
        db,
      );
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row }));
    last = rows.at(-1);
  }
}

async function insertRows(to: Transaction<Database>, table: TableName, rows: readonly Row[]): Promise<void> {
  await to.insertInto(table).values(rows).execute();
}

/** Lets a column that counts itself go on behind the rows put in; SQLite does so of itself. */
async function countOn(to: Transaction<Database>, table: TableName): Promise<void> {
  if (!isPostgres(to)) return;
  await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, 'id'), coalesce((select max(id) from ${sql.table(table)}), 1), (select count(*) > 0 from ${sql.table(table)}))`.execute(
    to,
  );
}

const isPostgres = (db: Kysely<Database>): boolean => db.getExecutor().adapter.supportsMultipleConnections !== false;

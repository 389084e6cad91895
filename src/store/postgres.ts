import {
  Kysely,
  OperationNodeTransformer,
  PostgresDialect,
  RawNode,
  type ColumnDefinitionNode,
  type KyselyPlugin,
} from 'kysely';
import pg from 'pg';
import { keepRawSql } from './raw-sql.ts';
import type { Database } from './tables.ts';

/** Numbers of the wire that JavaScript holds: int8 (counts), numeric (sums of int8). Bytes of a scan stay far below 2^53. */
const numbers: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

const parserOf = pg.types.getTypeParser as (oid: number, format: 'text') => unknown;
const types = { getTypeParser: (oid: number, format: 'text') => (numbers.has(oid) ? Number : parserOf(oid, format)) };

/** For who shares a server with others, in milliseconds. */
export type OpenHow = {
  /** A connection on which nothing moves for so long is broken off, for who must not wait for ever. */
  readonly silenceMs?: number;
  /** Whoever says nothing amid a transaction for so long is taken for frozen: the server lets go of what it keeps from others. */
  readonly frozenMs?: number;
};

/** Opens a database of a PostgreSQL server, `postgres://user@host/database`; passwords come from PGPASSWORD or ~/.pgpass. */
export function openPostgres(
  url: string,
  { connections = 4, silenceMs, frozenMs }: OpenHow & { readonly connections?: number } = {},
): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'rasoat',
    connectionTimeoutMillis: 10_000,
    ...(frozenMs === undefined ? {} : { idle_in_transaction_session_timeout: frozenMs }),
    types: types as unknown as pg.CustomTypesConfig,
  });
  // A connection that breaks while nobody uses it is made anew by the next who asks; without a listener it would end us.
  pool.on('error', () => undefined);
  // The same while somebody has it, between two statements of a transaction: the next statement tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (silenceMs !== undefined)
    pool.on('connect', (client) => {
      breakOffSilence(client, silenceMs);
    });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins: [plainColumns] });
  keepRawSql(db, async (text, values) => {
    // Of several statements there are several answers.
    const answers: unknown = await pool.query(text, values === undefined ? undefined : [...values]);
    const all = (Array.isArray(answers) ? answers : [answers]) as readonly { readonly rows?: readonly unknown[] }[];
    return { rows: all.flatMap(({ rows = [] }) => rows) };
  });
  return db;
}

/** What is used of a connection's socket, which pg's types do not tell. */
type Wire = {
  readonly setKeepAlive: (on: boolean, afterMs: number) => void;
  readonly setTimeout: (ms: number, call: () => void) => void;
  readonly destroy: (error: Error) => void;
};

/** Whoever waits for an answer on a network that was cut would wait for a quarter of an hour; idle connections are closed before. */
function breakOffSilence(client: pg.PoolClient, ms: number): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Wire } }).connection;
  stream.setKeepAlive(true, 10_000);
  stream.setTimeout(ms, () => {
    stream.destroy(new Error('Connection terminated: the server was silent'));
  });
}

/**
 * Columns as SQLite has them: text ordered by its bytes, whatever the locale of the database; integers of 64 bits; numbers that
 * count themselves.
 */
const plainColumns: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => new PlainColumns().transformNode(node, queryId),
  transformResult: ({ result }) => Promise.resolve(result),
};

/* A class because kysely's transformer is one. */
class PlainColumns extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const { dataType, autoIncrement, ...rest } = super.transformColumnDefinition(node);
    if (autoIncrement === true) return { ...rest, dataType: RawNode.createWithSql('bigserial') };
    const name = dataType.kind === 'DataTypeNode' && 'dataType' in dataType ? dataType.dataType : undefined;
    const plain = name === 'text' ? 'text collate "C"' : name === 'integer' ? 'bigint' : undefined;
    return { ...rest, dataType: plain === undefined ? dataType : RawNode.createWithSql(plain) };
  }
}

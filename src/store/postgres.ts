import {
  Kysely,
  OperationNodeTransformer,
  PostgresDialect,
  RawNode,
  type ColumnDefinitionNode,
  type KyselyPlugin,
} from 'kysely';
import pg from 'pg';
import type { Database } from './tables.ts';

/** Numbers of the wire that JavaScript holds: int8 (counts), numeric (sums of int8). Bytes of a scan stay far below 2^53. */
const numbers: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

const parserOf = pg.types.getTypeParser as (oid: number, format: 'text') => unknown;
const types = { getTypeParser: (oid: number, format: 'text') => (numbers.has(oid) ? Number : parserOf(oid, format)) };

/** Opens a database of a PostgreSQL server, `postgres://user@host/database`; passwords come from PGPASSWORD or ~/.pgpass. */
export function openPostgres(url: string, connections = 4): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'rasoat',
    connectionTimeoutMillis: 10_000,
    types: types as unknown as pg.CustomTypesConfig,
  });
  // A connection that breaks while nobody uses it is made anew by the next who asks; without a listener it would end us.
  pool.on('error', () => undefined);
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins: [plainColumns] });
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

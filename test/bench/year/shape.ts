import { DatabaseSync } from 'node:sqlite';
import { tableNames, type TableName } from '../../../src/store/table-list.ts';

/** What the program itself works out of the rows of a run, week by week, here as there. */
const workedOut: ReadonlySet<TableName> = new Set<TableName>([
  ...(['history', 'history_head', 'sighting', 'life', 'place'] as const),
  ...(['kept', 'run_glance'] as const),
]);
/** Rows of a table that are looked at: a year has millions of one kind. */
const looked = 20_000;

/**
 * Holds a filled store against one that the scanner wrote: each table that a real run fills must be filled here, and each row must
 * have the shape of some real row (what is null, what is an instant, which members its JSON has). Gives what differs, in words.
 */
export function checkShape(real: string, filled: string): readonly string[] {
  const [one, other] = [real, filled].map((path) => new DatabaseSync(path, { readOnly: true }));
  if (one === undefined || other === undefined) throw new Error('two stores are compared');
  try {
    return tableNames
      .filter((table) => !workedOut.has(table))
      .flatMap((table) => {
        const known = shapesIn(one, table);
        const found = shapesIn(other, table);
        if (known.size > 0 && found.size === 0) return [`${table}: a real run has rows, a filled one has none`];
        return [...found].filter((shape) => !known.has(shape)).map((shape) => `${table}: no real row is ${shape}`);
      });
  } finally {
    one.close();
    other.close();
  }
}

function shapesIn(db: DatabaseSync, table: TableName): ReadonlySet<string> {
  const rows = db.prepare(`select * from "${table}" order by rowid desc limit ${looked}`).all();
  return new Set(
    rows.map((row) =>
      Object.entries(row)
        .map(([column, value]) => `${column} ${kindOf(value)}`)
        .join(', '),
    ),
  );
}

function kindOf(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value)) return 'instant';
  return /^[{[]/.test(value) ? membersOf(JSON.parse(value)) : 'text';
}

/** Names of an object's members; lists are told as such, for what is in them differs. */
function membersOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return `{${Object.keys(value as object)
    .sort()
    .join(' ')}}`;
}

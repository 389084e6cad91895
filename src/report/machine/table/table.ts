/** What stands in one cell. A text is a stranger's until it is written: each writer guards it in its own way. */
export type Cell = string | number | boolean | Day | Instant | null;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = { readonly day: string };

/** An instant in UTC. */
export type Instant = { readonly at: string };

/** One column: a key for programs (a contract of the CSV form), a word of the catalogue for people (`machine.col-<word>`). */
export type Column<T> = {
  readonly key: string;
  readonly of: (row: T) => Cell;
  /** Widest that people's eyes bear, in characters; longer texts wrap. */
  readonly most?: number;
  /** A code beside its word: for programs, so not in the workbook. */
  readonly code?: true;
};

/** A table with its rows told. */
export type Table = {
  readonly name: TableName;
  readonly columns: readonly Pick<Column<never>, 'key' | 'most' | 'code'>[];
  readonly rows: Iterable<readonly Cell[]>;
};

export const tableNames = ['findings', 'systems', 'obligations', 'targets', 'costs', 'coverage'] as const;
export type TableName = (typeof tableNames)[number];

/** The same table without the columns of codes. */
export function withoutCodes({ name, columns, rows }: Table): Table {
  return {
    name,
    columns: columns.filter(({ code }) => code !== true),
    rows: {
      *[Symbol.iterator]() {
        for (const row of rows) yield row.filter((_, at) => columns[at]?.code !== true);
      },
    },
  };
}

/** Tells rows one after another, so that a province need not stand in memory twice. */
export function tableOf<T>(name: TableName, columns: readonly Column<T>[], rows: Iterable<T>): Table {
  return {
    name,
    columns: columns.map(({ key, most, code }) => ({
      key,
      ...(most === undefined ? {} : { most }),
      ...(code === undefined ? {} : { code }),
    })),
    rows: {
      *[Symbol.iterator]() {
        for (const row of rows) yield columns.map(({ of }) => of(row));
      },
    },
  };
}

export function dayCell(day: string | null | undefined): Cell {
  return day === null || day === undefined ? null : { day };
}

export function instantCell(at: string | null | undefined): Cell {
  return at === null || at === undefined ? null : { at };
}

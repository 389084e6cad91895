import type { ExecuteSql } from './dispatch-types.ts';

/**
 * The way to a server in its own tongue, beside the query layer: what the queue says may be several statements at once, of which
 * that layer would lose the answers. Here and not in `postgres.ts`, which brings the driver.
 */
const known = new WeakMap<object, ExecuteSql>();

export function keepRawSql(db: object, execute: ExecuteSql): void {
  known.set(db, execute);
}

export const rawSqlOf = (db: object): ExecuteSql | undefined => known.get(db);

import { DeskAway } from '../../model/desk.ts';

/**
 * What a server answers that is not there, goes down, comes up, or has no room, and what a broken connection says: classes 08,
 * 53, 57P of SQLSTATE, read-only after a failover, a transaction that slept too long, deadlocks, a lock that another kept for too
 * long (pg-boss waits 30 s for one), and the system's own words.
 */
const awayCodes =
  /^(ECONN[A-Z]+|E(PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|AI_AGAIN|NOTFOUND)|08...|53...|57P..|25006|25P03|40001|40P01|55P03|58030)$/;
const awayWords =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|database system is|driver has already been destroyed/i;

/** Whether an error says that the store is away, not that we are wrong. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && awayCodes.test(error.code)) return true;
  if (awayWords.test(error.message)) return true;
  // Several addresses of one name, none of which answered.
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isAway);
}

/** Says of a store that is away that the desk is; lets our own bugs through. */
export async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isAway(error)) throw new DeskAway(error instanceof Error ? error.message : '', error);
    throw error;
  }
}

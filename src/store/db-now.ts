import { sql } from 'kysely';
import type { Iso } from '../model/observation.ts';

/** The database's time as every instant here is written; evaluated when asked, not when the transaction began. */
export const dbNow = (offsetMs = 0) =>
  sql<Iso>`to_char((clock_timestamp() + ${offsetMs} * interval '1 millisecond') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

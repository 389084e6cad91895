import { sql, type Kysely } from 'kysely';
import type { Hold } from '../model/desk.ts';
import type { Database } from './tables.ts';

/** Who may open sockets to which address, over all workers; by the database's clock. */
export type HoldStore = {
  /** Those of the addresses that are had now; the others belong to somebody. */
  readonly takeHolds: (worker: string, addresses: readonly string[], forMs: number) => Promise<readonly Hold[]>;
  /** Those that were still had, and are from now on for `forMs`. */
  readonly renewHolds: (worker: string, holds: readonly Hold[], forMs: number) => Promise<readonly Hold[]>;
  readonly releaseHolds: (worker: string, holds: readonly Hold[]) => Promise<void>;
};

const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Rows stay when they are let go of, so that a fence is never given twice. */
export function holdStore(db: Kysely<Database>): HoldStore {
  return {
    takeHolds: async (worker, addresses, forMs) => {
      // In one order, so that two batches never wait for each other.
      const ordered = [...new Set(addresses)].sort();
      const { rows } = await sql<{ address: string; fence: number }>`
        insert into address_hold (address, worker, fence, until_ms)
        select address, ${worker}, 1, ${nowMs} + ${forMs}::bigint from unnest(${ordered}::text[]) as address
        on conflict (address) do update
          set worker = excluded.worker, fence = address_hold.fence + 1, until_ms = excluded.until_ms
          where address_hold.until_ms <= ${nowMs} or address_hold.worker = excluded.worker
        returning address, fence`.execute(db);
      return rows.map(({ address, fence }) => ({ address, fence, forMs }));
    },
    renewHolds: async (worker, holds, forMs) => {
      const { rows } = await change(db, worker, holds, sql`${nowMs} + ${forMs}::bigint`);
      const kept = new Set(rows.map(({ address }) => address));
      return holds.filter(({ address }) => kept.has(address)).map((hold) => ({ ...hold, forMs }));
    },
    releaseHolds: async (worker, holds) => {
      await change(db, worker, holds, sql`0`);
    },
  };
}

/** Changes how long holds that are still had last. */
function change(db: Kysely<Database>, worker: string, holds: readonly Hold[], until: ReturnType<typeof sql>) {
  const pairs = holds.map(({ address, fence }) => `${String(fence)} ${address}`);
  return sql<{ address: string }>`
    with had as (
      select address from address_hold
      where address = any(${holds.map(({ address }) => address)}::text[]) and worker = ${worker}
        and fence || ' ' || address = any(${pairs}::text[]) and until_ms > ${nowMs}
      order by address for update)
    update address_hold set until_ms = ${until} from had where address_hold.address = had.address
    returning address_hold.address`.execute(db);
}

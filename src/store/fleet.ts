import type { Kysely } from 'kysely';
import { canonicalJson } from '../model/canonical.ts';
import type { RunEvent, RunEventKind } from '../model/run-event.ts';
import type { FleetSwitch } from '../model/switch.ts';
import type { Database } from './tables.ts';

/** What is known beside the evidence: what runs lived through, and whether scanning goes on at all. */
export type FleetStore = {
  readonly addRunEvent: (run: string, event: RunEvent) => Promise<void>;
  /** In the order in which they were told. */
  readonly runEvents: (run: string) => Promise<readonly RunEvent[]>;
  /** How the switch was last set; undefined: never, so it is on. */
  readonly fleetSwitch: () => Promise<FleetSwitch | undefined>;
  readonly setFleetSwitch: (set: FleetSwitch) => Promise<void>;
};

export function fleetStore(db: Kysely<Database>): FleetStore {
  return {
    addRunEvent: async (run, { at, kind, detail }) => {
      await db
        .insertInto('run_event')
        .values({ run, at, kind, body: canonicalJson(detail) })
        .execute();
    },
    runEvents: async (run) => {
      const rows = await db.selectFrom('run_event').selectAll().where('run', '=', run).orderBy('id').execute();
      return rows.map(({ at, kind, body }) => ({
        at,
        // Only `addRunEvent` writes them.
        kind: kind as RunEventKind,
        detail: JSON.parse(body) as RunEvent['detail'],
      }));
    },
    fleetSwitch: async () => {
      const row = await db
        .selectFrom('fleet_switch')
        .select(['at', 'position', 'by', 'reason'])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row;
    },
    setFleetSwitch: async (set) => {
      await db.insertInto('fleet_switch').values(set).execute();
    },
  };
}

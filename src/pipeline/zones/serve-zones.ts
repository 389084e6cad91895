import { startGateway, type Gateway, type GatewayEvents } from '../../engine/zones/gateway.ts';
import { readZoneSettings, watchZoneSettings, type ZoneAgent } from '../../engine/zones/zone-settings.ts';
import type { Feeds } from '../../feeds/open.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { Store } from '../../store/types.ts';
import type { WorkerSeen } from '../../store/workers.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { createLocalDesk } from '../fleet/local-desk.ts';
import { toolVersion } from '../version.ts';
import { refuseOtherKinds } from './agent-results.ts';
import { zoneDesk } from './zone-desk.ts';

export type ZonesOptions = {
  /** `ADDRESS:PORT`; port 0: any that is free. */
  readonly listen: string;
  /** File that names the gateway's certificate and the agents that may come. */
  readonly settings: string;
  readonly fleet: Fleet;
  readonly feeds: Feeds;
};

export type ZonesEvents = GatewayEvents & {
  readonly listening?: (place: string, agents: number) => void;
  readonly reloaded?: (agents: number) => void;
  readonly notReloaded?: (error: unknown) => void;
};

/**
 * Hands out work of the fleet's queue to agents of other networks until closed. The settings are read again when they change: an
 * agent that is no longer named loses its connections within a second or two. Throws UserError for settings that are wrong.
 */
export async function startZones(
  { listen, settings: file, fleet, feeds }: ZonesOptions,
  events: ZonesEvents = {},
): Promise<Pick<Gateway, 'port' | 'close'>> {
  const settings = readZoneSettings(file);
  const { host, port } = placeOf(listen);
  const now = () => new Date().toISOString();
  const gateway = await startGateway(
    {
      host,
      port,
      settings,
      version: toolVersion(),
      workersAt: workersIn(fleet.store),
      deskOf: ({ zone, name }) =>
        zoneDesk(createLocalDesk({ ...fleet, feeds, zone, fits: refuseOtherKinds }), {
          zone,
          now,
          clockAhead: (run, count) =>
            fleet.store.addRunEvent(run, {
              at: now(),
              kind: 'clock-ahead',
              detail: { agent: name, count, written: now() },
            }),
        }),
    },
    events,
  );
  const watch = watchZoneSettings(file, {
    changed: (next) => {
      gateway.use(next);
      events.reloaded?.(next.agents.size);
    },
    failed: (error) => events.notReloaded?.(error),
  });
  events.listening?.(`${host}:${gateway.port}`, settings.agents.size);
  return {
    port: gateway.port,
    close: async () => {
      watch.close();
      await gateway.close();
    },
  };
}

/** Signs of life come each second; who works where changes seldom. */
const rememberedMs = 5000;

/** Workers at the store itself; agents have the names under which they are listed. */
function workersIn(store: Store): (zone: string, but: ZoneAgent) => Promise<boolean> {
  let seen: readonly WorkerSeen[] = [];
  let seenAt = -Infinity;
  return async (zone, but) => {
    if (performance.now() - seenAt > rememberedMs) {
      seen = await store.workers();
      seenAt = performance.now();
    }
    return seen.some((one) => one.state === 'there' && one.zone === zone && one.host !== but.name);
  };
}

function placeOf(listen: string): { readonly host: string; readonly port: number } {
  const [, host = '', port = ''] = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(listen)?.filter(Boolean) ?? [];
  const number = Number(port);
  if (host === '' || port === '' || number > 65_535)
    throw new UserError([{ message: message('zone-agents.bad-listen', { value: listen }) }]);
  return { host, port: number };
}

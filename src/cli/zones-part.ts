import { feedsFolder } from '../feeds/folder.ts';
import { UserError } from '../model/errors.ts';
import type { ZonesEvents } from '../pipeline/zones/serve-zones.ts';
import type { Output } from './output.ts';
import { placeOf } from './problems.ts';
import { safeText } from './safe-text.ts';
import { serviceLog, type ServiceLog } from './service-log.ts';
import type { Wiring } from './wiring.ts';

export type ZonesPartOptions = {
  readonly out: string;
  readonly listen: string;
  readonly settings: string;
  readonly feeds?: string;
};

/** The gateway of agents, and what its fleet needs done, until the signal aborts. Throws UserError where it cannot begin. */
export async function zonesPart(
  { output, env }: Pick<Wiring, 'output' | 'env'>,
  { out, listen, settings, feeds: folder }: ZonesPartOptions,
): Promise<(signal: AbortSignal) => Promise<void>> {
  const { startZones } = await import('../pipeline/zones/serve-zones.ts');
  const { openFleet } = await import('../pipeline/fleet/fleet.ts');
  const { createFleetKeeper } = await import('../pipeline/fleet/keeper.ts');
  const { openFeeds } = await import('../feeds/open.ts');
  const log = await serviceLog({ output, env }, 'gateway');
  const feeds = await openFeeds(feedsFolder(folder, env));
  const fleet = await openFleet(out).catch((error: unknown) => {
    feeds.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await fleet.close();
    feeds.close();
  };
  const gateway = await startZones({ listen, settings, fleet, feeds }, tellingOf(output, log)).catch(
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  return async (signal) => {
    try {
      await createFleetKeeper(fleet, { by: `zones/${process.pid}` }).watch(signal);
    } finally {
      await gateway.close();
      await close();
    }
  };
}

function tellingOf(output: Output, log: ServiceLog): ZonesEvents {
  return {
    listening: (place, agents) => {
      log('zone-agents.gateway.listening', { place, agents });
    },
    reloaded: (agents) => {
      log('zone-agents.gateway.reloaded', { agents });
    },
    notReloaded: (error) => {
      log('zone-agents.gateway.not-reloaded', {}, 'error');
      const problems = error instanceof UserError ? error.problems : [];
      for (const problem of problems) {
        const told = safeText([placeOf(problem), output.tell(problem.message)].filter(Boolean).join(': '), 1000);
        log('scheduler.log.problem', { told }, 'error');
      }
    },
    refused: (_why, from, fingerprint = '?') => {
      log('zone-agents.gateway.refused', { from: safeText(from), fingerprint: safeText(fingerprint) }, 'warn');
    },
    failed: ({ name }, call, error) => {
      const reason = safeText(error instanceof Error ? error.message : String(error), 500);
      log('zone-agents.gateway.failed', { agent: safeText(name), call: safeText(call), reason }, 'error');
    },
  };
}

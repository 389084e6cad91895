import { feedsFolder } from '../feeds/folder.ts';
import { UserError } from '../model/errors.ts';
import type { ZonesEvents } from '../pipeline/zones/serve-zones.ts';
import type { Output } from './output.ts';
import { printProblems } from './problems.ts';
import { safeText } from './safe-text.ts';
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
  const feeds = await openFeeds(feedsFolder(folder, env));
  const fleet = await openFleet(out).catch((error: unknown) => {
    feeds.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await fleet.close();
    feeds.close();
  };
  const gateway = await startZones({ listen, settings, fleet, feeds }, tellingOf(output)).catch(
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

function tellingOf(output: Output): ZonesEvents {
  const { say, note } = output;
  return {
    listening: (place, agents) => {
      note(say('zone-agents.gateway.listening', { place, agents }));
    },
    reloaded: (agents) => {
      note(say('zone-agents.gateway.reloaded', { agents }));
    },
    notReloaded: (error) => {
      note(say('zone-agents.gateway.not-reloaded'));
      if (error instanceof UserError) printProblems(output, error.problems, 'warning');
    },
    refused: (_why, from, fingerprint = '?') => {
      note(say('zone-agents.gateway.refused', { from: safeText(from), fingerprint: safeText(fingerprint) }));
    },
    failed: ({ name }, call, error) => {
      const reason = safeText(error instanceof Error ? error.message : String(error), 500);
      note(say('zone-agents.gateway.failed', { agent: safeText(name), call: safeText(call), reason }));
    },
  };
}

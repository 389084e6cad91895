import type { Command } from 'commander';
import { feedsFolder } from '../feeds/folder.ts';
import { UserError } from '../model/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { feedsOption, outOption } from './options.ts';
import { printProblems } from './problems.ts';
import { safeText } from './safe-text.ts';
import { stopSignal } from './stop-signal.ts';
import type { Wiring } from './wiring.ts';

type Options = { out: string; listen: string; settings: string; feeds?: string };

/** `rasoat zones serve`: the gateway alone; `rasoat serve --zones` runs it beside the rest. */
export function addZonesServe({ output, env, run }: Wiring, zones: Command): void {
  const { say, note } = output;
  zones
    .command('serve')
    .description(say('zone-agents.gateway.about'))
    .addOption(outOption(output))
    .requiredOption('--listen <place>', say('zone-agents.help.listen'))
    .requiredOption('--settings <file>', say('zone-agents.help.settings'))
    .addOption(feedsOption(output))
    .action(
      run(async ({ out, listen, settings, feeds: folder }: Options) => {
        const { startZones } = await import('../pipeline/zones/serve-zones.ts');
        const { openFleet } = await import('../pipeline/fleet/fleet.ts');
        const { createFleetKeeper } = await import('../pipeline/fleet/keeper.ts');
        const { openFeeds } = await import('../feeds/open.ts');
        const feeds = await openFeeds(feedsFolder(folder, env));
        const fleet = await openFleet(out);
        const stop = stopSignal(output);
        try {
          const gateway = await startZones(
            { listen, settings, fleet, feeds },
            {
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
            },
          );
          try {
            await createFleetKeeper(fleet, { by: `zones/${process.pid}` }).watch(stop.signal);
          } finally {
            await gateway.close();
          }
          return exitCodes.allMet;
        } finally {
          stop.release();
          await fleet.close();
          feeds.close();
        }
      }),
    );
}

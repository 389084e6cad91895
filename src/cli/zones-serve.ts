import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { feedsOption, outOption } from './options.ts';
import { stopSignal } from './stop-signal.ts';
import type { Wiring } from './wiring.ts';
import { zonesPart, type ZonesPartOptions } from './zones-part.ts';

/** `rasoat zones serve`: the gateway alone; `rasoat serve --zones` runs it beside the rest. */
export function addZonesServe(wiring: Wiring, zones: Command): void {
  const { output, run } = wiring;
  const { say } = output;
  zones
    .command('serve')
    .description(say('zone-agents.gateway.about'))
    .addOption(outOption(output))
    .requiredOption('--listen <place>', say('zone-agents.help.listen'))
    .requiredOption('--settings <file>', say('zone-agents.help.settings'))
    .addOption(feedsOption(output))
    .action(
      run(async (options: ZonesPartOptions) => {
        const stop = stopSignal(output);
        try {
          const serve = await zonesPart(wiring, options);
          await serve(stop.signal);
          return exitCodes.allMet;
        } finally {
          stop.release();
        }
      }),
    );
}

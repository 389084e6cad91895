import { jsonOption, outOption } from './options.ts';
import { exitCodes } from './exit-codes.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { withStore } from './with-store.ts';

/** `rasoat runs`: what the store holds, newest first. */
export function addRuns({ program, output, run }: Wiring): void {
  program
    .command('runs')
    .description(output.say('cli.runs.about'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { out: string; json?: boolean }) => {
        await withStore(options.out, async (store) => {
          for (const one of await store.runs()) {
            output.line(
              options.json === true
                ? safeJson(one)
                : `${one.id}  ${output.say(`cli.runs.${one.state}`)}  ${one.zone}  ${one.portList?.name ?? 'curated'}  ${one.tool}`,
            );
          }
        });
        return exitCodes.allMet;
      }),
    );
}

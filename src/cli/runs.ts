import { jsonOption, outOption } from './options.ts';
import { exitCodes } from './exit-codes.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { withStore } from './with-store.ts';

/** `rasoat runs`: the scans, partial runs and verifications that the store holds, newest first. */
export function addRuns({ program, output, run }: Wiring): void {
  program
    .command('runs')
    .description(output.say('cli.runs.about'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { out: string; json?: boolean }) => {
        await withStore(options.out, async (store) => {
          const all = [...(await store.runs()), ...(await store.partials()), ...(await store.verifications())];
          for (const one of all.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))) {
            const { id, state, zone, portList, tool, kind = 'scan' } = one;
            const list = portList?.name ?? 'curated';
            const asked = { scan: list, partial: output.say('scheduler.kind'), verification: output.say('verify.kind') }[kind];
            output.line(
              options.json === true
                ? safeJson({ ...one, kind })
                : `${id}  ${output.say(`cli.runs.${state}`)}  ${zone}  ${asked}  ${tool}`,
            );
          }
        });
        return exitCodes.allMet;
      }),
    );
}

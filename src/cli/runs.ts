import type { Command } from 'commander';
import { jsonOption, outOption } from './options.ts';
import { exitCodes } from './exit-codes.ts';
import type { Wiring } from './wiring.ts';
import { showRun } from './runs-show.ts';
import { safeJson } from './safe-text.ts';
import { withRun, withStore } from './with-store.ts';

type Options = { out: string; json?: boolean };

/** `rasoat runs [show RUN]`: the scans and verifications that the store holds, newest first, or one of them. */
export function addRuns({ program, output, run }: Wiring): void {
  const runs = program
    .command('runs')
    .description(output.say('cli.runs.about'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        await withStore(options.out, async (store) => {
          const all = [...(await store.runs()), ...(await store.verifications())];
          for (const one of all.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))) {
            const { id, state, zone, portList, tool, kind = 'scan' } = one;
            const asked = kind === 'scan' ? (portList?.name ?? 'curated') : output.say('verify.kind');
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
  runs
    .command('show')
    .description(output.say('run-shown.show.about'))
    .argument('<run>', output.say('run-shown.show.which'))
    .addOption(outOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (id: string, _own: Options, command: Command) => {
        // commander gives `--out` to `runs`, which has it too.
        const { out, json = false } = command.optsWithGlobals<Options>();
        await withRun(out, id, (store, one) => showRun(output, store, one, json), { verifications: true });
        return exitCodes.allMet;
      }),
    );
}

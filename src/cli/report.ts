import { join } from 'node:path';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, runOption } from './options.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { withRun } from './with-store.ts';

/** `rasoat report`: draws the HTML report of a stored run again, or with `--owner` the remediation report of one owner. */
export function addReport({ program, output, run }: Wiring): void {
  program
    .command('report')
    .description(output.say('cli.report.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--owner <id>', output.say('owner.help'))
    .option('--to <dir>', output.say('cli.help.to'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { out: string; run?: string; owner?: string; to?: string; json?: boolean }) => {
        const { loadReportData } = await import('../pipeline/report-data.ts');
        const { mustHoldSystems } = await import('../report/must-hold-systems.ts');
        const { writeReport } = await import('../report/write.ts');
        const { owner } = options;
        const written = await withRun(options.out, options.run, async (store, stored) => {
          const data = await loadReportData(store, stored);
          if (owner === undefined) return writeReport(data, options.to ?? join(options.out, 'report'));
          mustHoldSystems(data.inventory, owner);
          return writeReport(data, options.to ?? join(options.out, `report-${owner}`), owner);
        });
        output.line(
          options.json === true
            ? safeJson(written)
            : output.say('cli.report.written', { index: written.index, files: written.files }),
        );
        return exitCodes.allMet;
      }),
    );
}

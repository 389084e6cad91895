import { join } from 'node:path';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, runOption } from './options.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { withRun } from './with-store.ts';

/** `rasoat report`: draws the HTML report of a stored run again. */
export function addReport({ program, output, run }: Wiring): void {
  program
    .command('report')
    .description(output.say('cli.report.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--to <dir>', output.say('cli.help.to'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: { out: string; run?: string; to?: string; json?: boolean }) => {
        const { loadReportData } = await import('../pipeline/report-data.ts');
        const { writeReport } = await import('../report/write.ts');
        const written = await withRun(options.out, options.run, async (store, stored) =>
          writeReport(await loadReportData(store, stored), options.to ?? join(options.out, 'report')),
        );
        output.line(
          options.json === true
            ? safeJson(written)
            : output.say('cli.report.written', { index: written.index, files: written.files }),
        );
        return exitCodes.allMet;
      }),
    );
}

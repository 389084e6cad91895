import { Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import { csvTables, exportFormats, type CsvTable, type ExportFormat } from '../report/machine/formats.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, runOption, refuseServed, webRootOption } from './options.ts';
import { safeJson, safeText } from './safe-text.ts';
import { withRun } from './with-store.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  out: string;
  run?: string;
  format: ExportFormat;
  of?: CsvTable;
  owner?: string;
  to?: string;
  allowWebRoot?: boolean;
  json?: boolean;
};

/** `rasoat export --format FORM`: a stored run in a form that programs read, on standard output or in a file. */
export function addExport({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('export')
    .description(say('machine.cli.about'))
    .addOption(
      new Option('--format <form>', say('machine.cli.format')).choices([...exportFormats]).makeOptionMandatory(),
    )
    .addOption(new Option('--of <table>', say('machine.cli.of')).choices([...csvTables]))
    .option('--owner <id>', say('machine.cli.owner'))
    .option('--to <file>', say('machine.cli.to'))
    .addOption(webRootOption(output))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async ({ out, run: asked, format, of, owner, to, json, allowWebRoot }: Options) => {
        if (format === 'xlsx' && to === undefined) throw new UserError([{ message: message('machine.error.xlsx-to') }]);
        const { loadReportData } = await import('../pipeline/report-data.ts');
        const { exportReport } = await import('../report/machine/export.ts');
        const data = await withRun(out, asked, loadReportData, { output });
        const form = await exportReport(data, {
          format,
          lang: output.lang,
          ...(of === undefined ? {} : { of }),
          ...(owner === undefined ? {} : { owner }),
        });
        if (to !== undefined) await refuseServed(to, allowWebRoot);
        if (to === undefined) {
          if (form.kind === 'text') output.line([...form.pieces].join('').replace(/\n$/, ''));
          return exitCodes.allMet;
        }
        const { writeExport } = await import('../report/machine/write.ts');
        const { bytes } = await writeExport(form, to);
        output.line(
          json === true
            ? safeJson({ format, file: to, bytes, run: data.run.id })
            : say('machine.cli.written', { file: safeText(to, 1000), bytes }),
        );
        return exitCodes.allMet;
      }),
    );
}

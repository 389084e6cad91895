import { join } from 'node:path';
import { exitCodes } from './exit-codes.ts';
import { jsonOption, outOption, runOption, webRootOption } from './options.ts';
import { UserError } from '../model/errors.ts';
import { message, type Lang } from '../model/text.ts';
import type { WriteOptions } from '../report/write.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { withRun } from './with-store.ts';
import { writeOwners } from './report-owners.ts';

/** `rasoat report`: draws the HTML report of a stored run again, or with `--owner` the remediation report of one owner. */
export function addReport({ program, output, env, run }: Wiring): void {
  program
    .command('report')
    .description(output.say('cli.report.about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--owner <id>', output.say('owner.help'))
    .option('--owners', output.say('owner.all-help'))
    .option('--only <pages>', output.say('only.help'))
    .option('--to <dir>', output.say('cli.help.to'))
    .option('--travelling', output.say('shell.cli.travelling'))
    .option('--pdf [which]', output.say('shell.cli.pdf'))
    .option('--chromium <path>', output.say('shell.cli.chromium'))
    .addOption(webRootOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: ReportOptions) => {
        const only = onlyOf(options);
        if (ownersOf(options)) return writeOwners(options, output);
        const { createReports } = await import('../pipeline/reports.ts');
        const { reportFolder } = await import('../report/report-folder.ts');
        const { mayUseSandbox } = await import('../report/pdf/chromium.ts');
        if (options.pdf !== undefined && !mayUseSandbox()) output.note(output.say('shell.cli.no-sandbox'));
        const asked = {
          travelling: options.travelling === true,
          ...(only === undefined ? {} : { only }),
          ...(options.owner === undefined ? {} : { owner: options.owner }),
        };
        const { written } = await withRun(
          options.out,
          options.run,
          (store, stored) =>
            createReports(store, stored)(options.to ?? join(options.out, reportFolder(asked)), {
              ...asked,
              allowWebRoot: options.allowWebRoot === true,
              ...pdfOf(options, output.lang, env),
            }),
          { output },
        );
        output.line(
          options.json === true
            ? safeJson(written)
            : output.say('cli.report.written', { index: written.index, files: written.files }),
        );
        const [first] = written.pdf ?? [];
        if (options.json !== true && first !== undefined)
          output.line(output.say('shell.cli.printed', { n: written.pdf?.length ?? 0, first }));
        return exitCodes.allMet;
      }),
    );
}

type ReportOptions = {
  out: string;
  run?: string;
  owner?: string;
  owners?: boolean;
  only?: string;
  to?: string;
  json?: boolean;
  travelling?: boolean;
  /** `true` where no page is named. */
  pdf?: string | true;
  chromium?: string;
  allowWebRoot?: boolean;
};

/** Which pages alone; throws UserError where there are no such, or together with what has pages of its own. */
function onlyOf({ only, owner, travelling }: ReportOptions): 'province' | undefined {
  if (only === undefined) return undefined;
  if (only !== 'province') throw new UserError([{ message: message('only.unknown', { pages: only }) }]);
  if (owner !== undefined || travelling === true) throw new UserError([{ message: message('only.with') }]);
  return only;
}

/** Whether the reports of all owners are asked for; throws UserError together with what is of one report alone. */
function ownersOf({ owners, owner, only, pdf }: ReportOptions): boolean {
  if (owners !== true) return false;
  const other =
    owner !== undefined ? '--owner' : only !== undefined ? '--only' : pdf !== undefined ? '--pdf' : undefined;
  if (other !== undefined) throw new UserError([{ message: message('owner.all-with', { other }) }]);
  return true;
}

function pdfOf({ pdf, chromium }: ReportOptions, lang: Lang, env: Wiring['env']): Pick<WriteOptions, 'pdf'> {
  if (pdf === undefined) return {};
  const which = pdf === true ? 'all' : pdf;
  return { pdf: { which, lang, env, ...(chromium === undefined ? {} : { chromium }) } };
}

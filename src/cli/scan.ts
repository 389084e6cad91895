import { join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Idle, ScanOptions, ScanOutcome } from '../pipeline/scan-types.ts';
import { formatInstant } from '../report/format.ts';
import { feedsFolder } from '../feeds/folder.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { jsonOption, outOption } from './options.ts';
import type { Output } from './output.ts';
import { alertMarks, createProgress } from './progress.ts';
import { addManner, mannerOptions, type MannerFlags } from './scan-options.ts';
import type { Wiring } from './wiring.ts';
import { safeJson, safeText } from './safe-text.ts';
import { stopSignal } from './stop-signal.ts';
import { printSummary, summarise } from './summary.ts';
import { withRun } from './with-store.ts';

type Options = MannerFlags & {
  inventory?: string;
  out: string;
  zone?: string;
  resume?: string | true;
  due?: boolean;
  dryRun?: boolean;
  feeds?: string;
  report: boolean;
  json?: boolean;
  allowWebRoot?: boolean;
};

/** `rasoat scan`: observes, judges, assesses, stores and reports. */
export function addScan({ program, output, env, run }: Wiring): void {
  const { say } = output;
  const command = program
    .command('scan')
    .description(say('cli.scan.about'))
    .option('--inventory <file>', say('cli.help.inventory'))
    .addOption(outOption(output))
    .option('--zone <id>', say('cli.help.zone'))
    .option('--resume [run]', say('cli.help.resume'))
    .option('--due', say('scheduler.help.due'))
    .option('--dry-run', say('cli.help.dry-run'));
  addManner(command, output)
    .option('--no-report', say('cli.help.no-report'))
    .option('--allow-web-root', say('shell.cli.web-root'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        if (options.dryRun === true) {
          const { readLawbook } = await import('../pipeline/lawbook.ts');
          const { printDryRun } = await import('./dry-run.ts');
          const { adoptPublicSuffixesOf } = await import('../pipeline/public-suffixes.ts');
          await adoptPublicSuffixesOf(feedsFolder(options.feeds, env));
          await readLawbook(options);
          return printDryRun(output, options);
        }
        return carryOut(output, { ...options, feeds: feedsFolder(options.feeds, env) });
      }),
    );
}

async function carryOut(output: Output, options: Options & { feeds: string }): Promise<number> {
  const { scan, scanDue } = await import('../pipeline/scan.ts');
  const { refuseWebRoot } = await import('../report/web-root.ts');
  if (options.allowWebRoot !== true) await refuseWebRoot(options.out);
  const stop = stopSignal(output);
  const progress = createProgress(output);
  try {
    const asked = scanOptions(options, stop.signal);
    const outcome =
      options.due === true ? await scanDue(dueOptions(asked), progress.events) : await scan(asked, progress.events);
    progress.end();
    if (!('run' in outcome)) return tellIdle(output, options, outcome);
    if (outcome.otherFeeds) output.note(output.say('cli.scan.other-feeds', { run: outcome.run.id }));
    if (outcome.state === 'interrupted') {
      output.note(output.say('cli.scan.interrupted', { run: outcome.run.id, out: options.out }));
      return exitCodes.interrupted;
    }
    if (outcome.state === 'left') {
      output.note(output.say('fleet.scan.left', { run: outcome.run.id, out: options.out }));
      return exitCodes.interrupted;
    }
    return await conclude(output, options, outcome);
  } finally {
    progress.end();
    stop.release();
  }
}

function scanOptions(options: Options & { feeds: string }, signal: AbortSignal): ScanOptions {
  const { out, feeds, inventory, zone, resume } = options;
  return {
    ...mannerOptions(options),
    out,
    feeds,
    signal,
    ...(inventory === undefined ? {} : { inventory }),
    ...(zone === undefined ? {} : { zone }),
    ...(resume === undefined ? {} : { resume }),
  };
}

function dueOptions({ inventory, resume, ...rest }: ScanOptions): ScanOptions & { inventory: string } {
  if (inventory === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  if (resume !== undefined) throw new UserError([{ message: message('scheduler.due-resumes') }]);
  return { ...rest, inventory };
}

/** Nothing was due, or scanning is switched off: neither is a fault. */
function tellIdle({ say, line }: Output, { json }: Options, idle: Idle): number {
  if (json === true) line(safeJson({ run: null, ...idle }));
  else if (idle.state === 'nothing') line(say('scheduler.nothing-due', { held: idle.held }));
  else {
    const { position, at, by, reason } = idle.set;
    line(say(`scheduler.off-${position}`, { at: formatInstant(at), by: safeText(by), reason: safeText(reason) }));
  }
  return exitCodes.allMet;
}

async function conclude(output: Output, options: Options, outcome: ScanOutcome): Promise<number> {
  if (outcome.run.kind === 'partial') {
    const { concludePartial } = await import('./schedule/partial.ts');
    return concludePartial(output, options, outcome);
  }
  const { loadReportData } = await import('../pipeline/report-data.ts');
  const { writeReport } = await import('../report/write.ts');
  return withRun(options.out, outcome.run.id, async (store, run) => {
    const data = await loadReportData(store, run);
    const report = options.report
      ? await writeReport(data, join(options.out, 'report'), { allowWebRoot: true })
      : undefined;
    const summary = summarise(data, output.lang, report?.index === undefined ? undefined : resolve(report.index));
    if (options.json === true) output.line(safeJson(summary));
    else printSummary(output, summary);
    alertMarks(output, data.findings);
    if (outcome.bugs > 0) {
      output.note(output.say('cli.scan.bugs', { count: outcome.bugs }));
      return exitCodes.bug;
    }
    return exitCodeOf(data.assessments);
  });
}

import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { portListNames, type PortListName } from '../model/port-list.ts';
import type { PortsEngine } from '../model/manner.ts';
import type { ScanOptions, ScanOutcome } from '../pipeline/scan-types.ts';
import { feedsFolder } from '../feeds/folder.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { checksOption, feedsOption, frameworksOption, jsonOption, outOption, positive } from './options.ts';
import type { Output } from './output.ts';
import { alertMarks, createProgress } from './progress.ts';
import type { Wiring } from './wiring.ts';
import { safeJson } from './safe-text.ts';
import { stopSignal } from './stop-signal.ts';
import { printSummary, summarise } from './summary.ts';
import { withRun } from './with-store.ts';

type Options = {
  inventory?: string;
  out: string;
  zone?: string;
  resume?: string | true;
  dryRun?: boolean;
  detectionCheck?: boolean;
  ports: PortsEngine;
  portList: PortListName;
  udp: boolean;
  atOnce: number;
  targetDeadline?: number;
  runDeadline?: number;
  workers?: boolean;
  trust?: string;
  resolver?: string;
  dnsAnchors?: string;
  dnsPort: number;
  feeds?: string;
  checks?: string[];
  frameworks?: string[];
  report: boolean;
  json?: boolean;
  allowWebRoot?: boolean;
};

/** `rasoat scan`: observes, judges, assesses, stores and reports. */
export function addScan({ program, output, env, run }: Wiring): void {
  const { say } = output;
  program
    .command('scan')
    .description(say('cli.scan.about'))
    .option('--inventory <file>', say('cli.help.inventory'))
    .addOption(outOption(output))
    .option('--zone <id>', say('cli.help.zone'))
    .option('--resume [run]', say('cli.help.resume'))
    .option('--dry-run', say('cli.help.dry-run'))
    .option('--detection-check', say('layers.detection.help-check'))
    .addOption(
      new Option('--ports <engine>', say('cli.help.ports')).choices(['auto', 'nmap', 'connect']).default('auto'),
    )
    .addOption(
      new Option('--port-list <list>', say('cli.help.port-list')).choices([...portListNames]).default('curated'),
    )
    .option('--no-udp', say('cli.help.no-udp'))
    .option('--trust <dir>', say('cli.help.trust'))
    .option('--resolver <address>', say('cli.help.resolver'))
    .option('--dns-anchors <file>', say('cli.help.dns-anchors'))
    .addOption(new Option('--dns-port <n>').argParser(positive).default(53).hideHelp())
    .addOption(feedsOption(output))
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .option('--run-deadline <seconds>', say('cli.help.run-deadline'), positive)
    .option('--workers', say('fleet.scan.workers'))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
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
  const { scan } = await import('../pipeline/scan.ts');
  const { refuseWebRoot } = await import('../report/web-root.ts');
  if (options.allowWebRoot !== true) await refuseWebRoot(options.out);
  const stop = stopSignal(output);
  const progress = createProgress(output);
  try {
    const outcome = await scan(scanOptions(options, stop.signal), progress.events);
    progress.end();
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
  return {
    out: options.out,
    feeds: options.feeds,
    engine: options.ports,
    portList: options.portList,
    udp: options.udp,
    dnsPort: options.dnsPort,
    atOnce: options.atOnce,
    signal,
    ...(options.detectionCheck === true ? { detectionCheck: true } : {}),
    ...(options.workers === true ? { workers: true } : {}),
    ...(options.targetDeadline === undefined ? {} : { targetDeadlineMs: options.targetDeadline * 1000 }),
    ...(options.inventory === undefined ? {} : { inventory: options.inventory }),
    ...(options.trust === undefined ? {} : { trust: options.trust }),
    ...(options.dnsAnchors === undefined ? {} : { dnsAnchors: options.dnsAnchors }),
    ...(options.resolver === undefined ? {} : { resolver: options.resolver }),
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(options.resume === undefined ? {} : { resume: options.resume }),
    ...(options.runDeadline === undefined ? {} : { runDeadlineMs: options.runDeadline * 1000 }),
    ...(options.checks === undefined ? {} : { checks: options.checks }),
    ...(options.frameworks === undefined ? {} : { frameworks: options.frameworks }),
  };
}

async function conclude(output: Output, options: Options, outcome: ScanOutcome): Promise<number> {
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

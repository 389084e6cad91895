import { Option } from 'commander';
import { feedsFolder } from '../feeds/folder.ts';
import type { PortsEngine } from '../model/manner.ts';
import type { VerifyOptions, VerifyOutcome } from '../pipeline/verify.ts';
import { exitCodes } from './exit-codes.ts';
import { checksOption, feedsOption, frameworksOption, jsonOption, outOption, positive } from './options.ts';
import type { Output } from './output.ts';
import { safeJson } from './safe-text.ts';
import { stopSignal } from './stop-signal.ts';
import { printVerified, publishedVerified } from './verify/print.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  out: string;
  inventory?: string;
  zone?: string;
  ports?: PortsEngine;
  trust?: string;
  resolver?: string;
  feeds?: string;
  atOnce: number;
  targetDeadline?: number;
  checks?: string[];
  frameworks?: string[];
  json?: boolean;
};

/** `rasoat verify FINDING|SYSTEM...`: looks again at what was found, and says whether it is mended. */
export function addVerify({ program, output, env, run }: Wiring): void {
  const { say } = output;
  program
    .command('verify')
    .description(say('verify.about'))
    .argument('<finding-or-system...>', say('verify.help.what'))
    .addOption(outOption(output))
    .option('--inventory <file>', say('verify.help.inventory'))
    .option('--zone <id>', say('verify.help.zone'))
    .addOption(new Option('--ports <engine>', say('verify.help.ports')).choices(['auto', 'nmap', 'connect']))
    .option('--trust <dir>', say('verify.help.trust'))
    .option('--resolver <address>', say('verify.help.resolver'))
    .addOption(feedsOption(output))
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (words: string[], options: Options) => {
        const { verify } = await import('../pipeline/verify.ts');
        const stop = stopSignal(output);
        try {
          const started = (run: string, zone: string, targets: number, findings: number): void => {
            output.note(say('verify.started', { run, zone, targets, findings }));
          };
          const asked = verifyOptions(words, options, feedsFolder(options.feeds, env), stop.signal);
          return conclude(output, await verify(asked, { started }), options);
        } finally {
          stop.release();
        }
      }),
    );
}

function verifyOptions(words: readonly string[], options: Options, feeds: string, signal: AbortSignal): VerifyOptions {
  const { out, atOnce, inventory, zone, ports, trust, resolver, checks, frameworks, targetDeadline } = options;
  return {
    out,
    words,
    feeds,
    atOnce,
    signal,
    ...(inventory === undefined ? {} : { inventory }),
    ...(zone === undefined ? {} : { zone }),
    ...(ports === undefined ? {} : { engine: ports }),
    ...(trust === undefined ? {} : { trust }),
    ...(resolver === undefined ? {} : { resolver }),
    ...(checks === undefined ? {} : { checks }),
    ...(frameworks === undefined ? {} : { frameworks }),
    ...(targetDeadline === undefined ? {} : { targetDeadlineMs: targetDeadline * 1000 }),
  };
}

function conclude(output: Output, outcome: VerifyOutcome, { json }: Options): number {
  const { run, state, results, blank, bugs } = outcome;
  if (state === 'interrupted') {
    output.note(output.say('verify.interrupted', { run: run?.id ?? '' }));
    return exitCodes.interrupted;
  }
  if (json !== true) printVerified(output, outcome);
  else for (const one of results) output.line(safeJson(publishedVerified(run?.id ?? null, one)));
  if (bugs > 0) {
    output.note(output.say('cli.scan.bugs', { count: bugs }));
    return exitCodes.bug;
  }
  if (results.some(({ result }) => result === 'not-fixed')) return exitCodes.notMet;
  const blind =
    results.some(({ result }) => result === 'could-not-tell') || blank.some(({ seenAt }) => seenAt === null);
  return blind ? exitCodes.tooLittleSeen : exitCodes.allMet;
}

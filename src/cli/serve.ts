import { join } from 'node:path';
import { Option } from 'commander';
import { feedsFolder } from '../feeds/folder.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { SchedulerOptions } from '../pipeline/scheduler.ts';
import { exitCodes } from './exit-codes.ts';
import { outOption } from './options.ts';
import type { Output } from './output.ts';
import { addManner, mannerOptions, type MannerFlags } from './scan-options.ts';
import { schedulerLog } from './schedule/log.ts';
import { serviceLog } from './service-log.ts';
import { stopSignal } from './stop-signal.ts';
import { watchPart } from './watch-part.ts';
import type { Wiring } from './wiring.ts';
import { withRun } from './with-store.ts';
import { zonesPart } from './zones-part.ts';

type Options = MannerFlags & {
  scheduler?: boolean;
  watch?: string;
  zones?: string;
  settings?: string;
  inventory?: string;
  out: string;
  zone?: string[];
  tick: string;
  feeds?: string;
  report: boolean;
  allowWebRoot?: boolean;
};

/** One thing that `serve` does until its signal aborts; it ends then, within seconds. A throw ends them all. */
type Part = (signal: AbortSignal) => Promise<void>;

/** `rasoat serve`: what runs for years beside one store. */
export function addServe({ program, output, env, run }: Wiring): void {
  const { say } = output;
  const command = program
    .command('serve')
    .description(say('scheduler.serve.about'))
    .option('--scheduler', say('scheduler.help.scheduler'))
    .option('--zones <listen>', say('zone-agents.help.serve'))
    .option('--settings <file>', say('zone-agents.help.settings'))
    .option('--watch <listen>', say('status.help.watch'))
    .option('--inventory <file>', say('cli.help.inventory'))
    .addOption(outOption(output))
    .option('--zone <id...>', say('scheduler.help.zones'))
    .addOption(new Option('--tick <pattern>').default('* * * * *').hideHelp());
  addManner(command, output)
    .option('--no-report', say('cli.help.no-report'))
    .option('--allow-web-root', say('shell.cli.web-root'))
    .action(
      run(async (options: Options) => {
        const { refuseWebRoot } = await import('../report/web-root.ts');
        if (options.allowWebRoot !== true) await refuseWebRoot(options.out);
        const { watch, zones, settings } = options;
        if (zones !== undefined && settings === undefined)
          throw new UserError([{ message: message('zone-agents.settings-needed') }]);
        const parts: Part[] = [];
        try {
          if (zones !== undefined && settings !== undefined)
            parts.push(await zonesPart({ output, env }, { ...options, listen: zones, settings }));
          if (watch !== undefined) parts.push(await watchPart({ ...options, watch, role: 'serve' }, env));
          if (options.scheduler === true) parts.push(await schedulerPart(output, options, env));
        } catch (error) {
          // What listens already lets go.
          await together(parts, AbortSignal.abort()).catch(() => undefined);
          throw error;
        }
        if (parts.length === 0) throw new UserError([{ message: message('scheduler.nothing-to-serve') }]);
        const stop = stopSignal(output);
        try {
          await together(parts, stop.signal);
          return exitCodes.allMet;
        } finally {
          stop.release();
        }
      }),
    );
}

/** Until the signal aborts, or one of them breaks: then the others end too, and that is what is told. */
async function together(parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const broken = new AbortController();
  const both = AbortSignal.any([signal, broken.signal]);
  const ends = await Promise.allSettled(
    parts.map(async (part) => {
      try {
        await part(both);
      } catch (error) {
        broken.abort(error);
        throw error;
      }
    }),
  );
  const fault = ends.find((end) => end.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
}

async function schedulerPart(output: Output, options: Options, env: Wiring['env']): Promise<Part> {
  const { inventory, out, zone, tick } = options;
  if (inventory === undefined) throw new UserError([{ message: message('cli.inventory-needed') }]);
  const { readLawbook } = await import('../pipeline/lawbook.ts');
  const { runScheduler } = await import('../pipeline/scheduler.ts');
  const feeds = feedsFolder(options.feeds, env);
  const lawbook = await readLawbook(options);
  const common = { ...mannerOptions(options), inventory, out, feeds, pattern: tick, lawbook };
  const log = schedulerLog(output, await serviceLog({ output, env }, 'scheduler'));
  return (signal) => {
    const asked: SchedulerOptions = { ...common, signal, ...(zone === undefined ? {} : { zones: zone }) };
    return runScheduler(asked, {
      ...log,
      ran: async (outcome) => {
        log.ended(outcome);
        if (options.report && outcome.run.kind === undefined) await drawReport(out, outcome.run.id);
      },
    });
  };
}

/** The report of a scan of everything; of a partial run there is none, for it would hide the rest. */
async function drawReport(out: string, id: string): Promise<void> {
  const { loadReportData } = await import('../pipeline/report-data.ts');
  const { writeReport } = await import('../report/write.ts');
  await withRun(out, id, async (store, run) => {
    await writeReport(await loadReportData(store, run), join(out, 'report'), { allowWebRoot: true });
  });
}

import { feedsFolder } from '../feeds/folder.ts';
import { exitCodes } from './exit-codes.ts';
import { feedsOption, jsonOption, outOption, positive } from './options.ts';
import { alertMarks } from './progress.ts';
import { safeJson, safeText } from './safe-text.ts';
import { serviceLog } from './service-log.ts';
import { stopSignal } from './stop-signal.ts';
import { openWatch } from './watch-part.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  out: string;
  zone?: string;
  atOnce: number;
  targetDeadline?: number;
  feeds?: string;
  json?: boolean;
  watch?: string;
};

/** `rasoat worker`: takes lanes of runs from the queue of its zone until it is told to end. */
export function addWorker({ program, output, env, run }: Wiring): void {
  const { say } = output;
  program
    .command('worker')
    .description(say('fleet.worker.about'))
    .addOption(outOption(output))
    .option('--zone <id>', say('fleet.worker.zone'))
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .addOption(feedsOption(output))
    .option('--watch <listen>', say('status.help.watch'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { work } = await import('../pipeline/fleet/worker.ts');
        const { out, atOnce, zone, targetDeadline, watch: listen } = options;
        const watch =
          listen === undefined ? undefined : await openWatch({ ...options, watch: listen, role: 'worker' }, env);
        let ofZone = zone ?? '';
        const log = await serviceLog({ output, env }, 'worker');
        const stop = stopSignal(output, 'fleet.worker.stopping');
        try {
          const tally = await work(
            {
              out,
              atOnce,
              feeds: feedsFolder(options.feeds, env),
              signal: stop.signal,
              ...(zone === undefined ? {} : { zone }),
              ...(targetDeadline === undefined ? {} : { targetDeadlineMs: targetDeadline * 1000 }),
            },
            {
              started: (of, session) => {
                ofZone = of;
                log('fleet.worker.started', { zone: of, pid: process.pid, session: session.slice(0, 8) });
              },
              away: (why) => {
                log('fleet.worker.away', { why: safeText(why, 200) }, 'warn');
              },
              back: (seconds) => {
                log('fleet.worker.back', { seconds });
              },
              position: (position) => {
                log(`fleet.worker.${position}`);
              },
              located: (name, addresses) => {
                log('zone-names.located', {
                  name: safeText(name, 253),
                  addresses: safeText(addresses.join(', '), 300),
                });
              },
              delivered: (became) => watch?.metrics.delivered(ofZone, became),
              lane: (outcome, seconds, underWay) => {
                watch?.metrics.lane({ zone: ofZone, seconds, outcome });
                watch?.metrics.setLanesUnderWay(ofZone, underWay);
              },
              kept: (_target, findings) => {
                alertMarks(output, findings);
              },
            },
          );
          if (options.json === true) output.line(safeJson(tally));
          else {
            const { done, lost, targets } = tally;
            log('fleet.worker.ended', { done, lost, targets, back: tally['given-back'] });
          }
          return exitCodes.allMet;
        } finally {
          stop.release();
          await watch?.close();
        }
      }),
    );
}

import type { Command } from 'commander';
import { feedsFolder } from '../../feeds/folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption, positive } from '../options.ts';
import { createProgress } from '../progress.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Wiring } from '../wiring.ts';

type Options = {
  trust: string;
  key: string;
  to: string;
  spool: string;
  zone?: string;
  resolver?: string;
  feeds?: string;
  atOnce: number;
  targetDeadline?: number;
  partial?: boolean;
  json?: boolean;
};

/** `rasoat agent run PLAN`: 0 when everything was looked at, 3 when less was; 130 when it was interrupted. */
export function addAgentRun({ output, env, run }: Wiring, agent: Command): void {
  const { say } = output;
  agent
    .command('run')
    .argument('<plan>', say('carried.help.plan'))
    .description(say('carried.agent.run'))
    .requiredOption('--trust <file>', say('carried.help.trust-centre'))
    .requiredOption('--key <file>', say('carried.help.agent-key'))
    .requiredOption('--to <file>', say('carried.help.results-to'))
    .option('--spool <dir>', say('carried.help.spool'), 'rasoat-spool')
    .option('--zone <id>', say('carried.help.own-zone'))
    .option('--resolver <address>', say('cli.help.resolver'))
    .addOption(feedsOption(output))
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .option('--partial', say('carried.help.partial'))
    .addOption(jsonOption(output))
    .action(
      run(async (plan: string, options: Options) => {
        const { runPlan } = await import('../../pipeline/carried/run-plan.ts');
        const { readKey } = await import('../../keys/ed25519.ts');
        const {
          trust,
          key,
          feeds,
          targetDeadline,
          partial = false,
          json,
          zone = env['RASOAT_ZONE'],
          ...rest
        } = options;
        const stop = stopSignal(output);
        const progress = createProgress(output);
        try {
          const { started = () => undefined, progress: tell = () => undefined } = progress.events;
          const outcome = await runPlan(
            {
              ...rest,
              plan,
              partial,
              trust: readKey(trust, 'public'),
              key: readKey(key, 'private'),
              feeds: feedsFolder(feeds, env),
              signal: stop.signal,
              ...(zone === undefined ? {} : { zone }),
              ...(targetDeadline === undefined ? {} : { targetDeadlineMs: targetDeadline * 1000 }),
            },
            {
              started,
              progress: (made) => {
                tell(made, { fails: 0 });
              },
            },
          );
          progress.end();
          const { run: id, targets, done, results } = outcome;
          if (json === true) output.line(safeJson({ ...outcome, results: results ?? null }));
          else if (results === undefined) output.line(say('carried.agent.unfinished', { run: id, done, targets }));
          else {
            output.line(say('carried.agent.done', { to: safeText(results.to), run: id, done, targets }));
            output.line(
              say('carried.signed', { signer: results.signer.slice(0, 16), hash: results.hash.slice(0, 16) }),
            );
          }
          if (stop.signal.aborted) return exitCodes.interrupted;
          return results === undefined || done < targets ? exitCodes.tooLittleSeen : exitCodes.allMet;
        } finally {
          progress.end();
          stop.release();
        }
      }),
    );
}

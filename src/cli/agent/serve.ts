import type { Command } from 'commander';
import { feedsFolder } from '../../feeds/folder.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { ServeAgentOptions } from '../../pipeline/zones/serve-agent.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, positive } from '../options.ts';
import { safeText } from '../safe-text.ts';
import { serviceLog } from '../service-log.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Wiring } from '../wiring.ts';

type Options = {
  centre: string;
  zone?: string;
  cert: string;
  key: string;
  ca: string;
  proxy?: string;
  spool: string;
  ahead: number;
  atOnce: number;
  targetDeadline?: number;
  resolver?: string;
  feeds?: string;
};

/** `rasoat agent serve`: works in another network for a centre until it is told to end. */
export function addAgentServe({ output, env, run }: Wiring, agent: Command): void {
  const { say } = output;
  agent
    .command('serve')
    .description(say('zone-agents.serve.about'))
    .requiredOption('--centre <url>', say('zone-agents.help.centre'))
    .option('--zone <id>', say('zone-agents.help.own-zone'))
    .requiredOption('--cert <file>', say('zone-agents.help.cert'))
    .requiredOption('--key <file>', say('zone-agents.help.key'))
    .requiredOption('--ca <file>', say('zone-agents.help.ca'))
    .option('--proxy <url>', say('zone-agents.help.proxy'))
    .option('--spool <dir>', say('zone-agents.help.spool'), 'rasoat-spool')
    .option('--ahead <n>', say('zone-agents.help.ahead'), positive, 32)
    .option('--at-once <n>', say('cli.help.at-once'), positive, 64)
    .option('--target-deadline <seconds>', say('cli.help.target-deadline'), positive)
    .option('--resolver <address>', say('cli.help.resolver'))
    .addOption(feedsOption(output))
    .action(
      run(async (options: Options) => {
        const { serveAgent } = await import('../../pipeline/zones/serve-agent.ts');
        const { toolVersion } = await import('../../pipeline/version.ts');
        const { proxy, feeds, targetDeadline, zone = env['RASOAT_ZONE'], ...rest } = options;
        const through = proxyOf(proxy, env);
        const log = await serviceLog({ output, env }, 'agent');
        const stop = stopSignal(output);
        try {
          const tally = await serveAgent(
            {
              ...rest,
              feeds: feedsFolder(feeds, env),
              signal: stop.signal,
              ...(zone === undefined ? {} : { zone }),
              ...(through === undefined ? {} : { proxy: through }),
              ...(targetDeadline === undefined ? {} : { targetDeadlineMs: targetDeadline * 1000 }),
            },
            {
              began: (of, waiting) => {
                log('zone-agents.serve.began', { zone: safeText(of), centre: safeText(options.centre), waiting });
              },
              away: (why) => {
                log('zone-agents.serve.away', { reason: safeText(why, 300) }, 'warn');
              },
              back: (seconds) => {
                log('zone-agents.serve.back', { seconds });
              },
              located: (name, addresses) => {
                log('zone-names.located', {
                  name: safeText(name, 253),
                  addresses: safeText(addresses.join(', '), 300),
                });
              },
              otherVersion: (centre) => {
                log('zone-agents.serve.other-version', { centre: safeText(centre), own: toolVersion() });
              },
              notKept: (entry, why, detail) => {
                const run = 'lease' in entry ? entry.lease.run : entry.run;
                const words = { run: safeText(run), reason: safeText(detail, 300) };
                log(why === 'fenced' ? 'zone-agents.serve.fenced' : 'zone-agents.serve.not-taken', words, 'warn');
              },
            },
          );
          log('zone-agents.serve.ended', { targets: tally.targets, waiting: tally.waiting });
          return exitCodes.allMet;
        } finally {
          stop.release();
        }
      }),
    );
}

/** A proxy's password comes from the environment, for process lists are read by others. */
function proxyOf(asked: string | undefined, env: Wiring['env']): ServeAgentOptions['proxy'] {
  const text = asked ?? env['HTTPS_PROXY'] ?? env['https_proxy'];
  if (text === undefined || text === '') return undefined;
  if (!URL.canParse(text)) throw new UserError([{ message: message('zone-agents.bad-proxy', { value: text }) }]);
  const url = new URL(text);
  if (asked !== undefined && (url.username !== '' || url.password !== ''))
    throw new UserError([{ message: message('zone-agents.proxy-password') }]);
  const user = env['RASOAT_PROXY_USER'] ?? decodeURIComponent(url.username);
  const password = env['RASOAT_PROXY_PASSWORD'] ?? decodeURIComponent(url.password);
  return { url: url.origin, ...(user === '' ? {} : { user, password }) };
}

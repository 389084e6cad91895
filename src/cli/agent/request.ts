import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';

/** `rasoat agent request`: a key that stays here, and a request for a certificate that goes to the centre. */
export function addAgentRequest({ output, run }: Wiring, agent: Command): void {
  const { say } = output;
  agent
    .command('request')
    .description(say('zone-agents.request.about'))
    .requiredOption('--to <dir>', say('zone-agents.help.request-to'))
    .requiredOption('--name <name>', say('zone-agents.help.name'))
    .action(
      run(async ({ to, name }: { to: string; name: string }) => {
        const { makeRequest } = await import('../../keys/authority.ts');
        const { key, request } = await makeRequest(to, name);
        output.line(say('zone-agents.request.done', { key: safeText(key), request: safeText(request) }));
        return exitCodes.allMet;
      }),
    );
}

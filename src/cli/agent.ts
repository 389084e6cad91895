import { addAgentRequest } from './agent/request.ts';
import { addAgentRun } from './agent/run.ts';
import { addAgentServe } from './agent/serve.ts';
import { addAgentSpool } from './agent/spool.ts';
import { exitCodes } from './exit-codes.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat agent`: looks in another network for a centre, over HTTPS or by a hand-carried plan. */
export function addAgent(wiring: Wiring): void {
  const { program, output, run } = wiring;
  const agent = program.command('agent').description(output.say('carried.agent.about')).helpCommand(false);
  addAgentRun(wiring, agent);
  addAgentRequest(wiring, agent);
  addAgentServe(wiring, agent);
  addAgentSpool(wiring, agent);
  agent
    .command('keygen')
    .argument('<name>', output.say('carried.help.key-path'))
    .description(output.say('carried.agent.keygen'))
    .action(
      run(async (name: string) => {
        const { makeKeys } = await import('../keys/ed25519.ts');
        output.line(output.say('carried.agent.keygen-done', makeKeys(name)));
        return exitCodes.allMet;
      }),
    );
}

import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';

/** `rasoat agent spool`: what an agent still has to tell, and what the centre would not take; 1 where there is any of that. */
export function addAgentSpool({ output, run }: Wiring, agent: Command): void {
  const { say, line } = output;
  agent
    .command('spool')
    .description(say('agent-spool.about'))
    .option('--spool <dir>', say('zone-agents.help.spool'), 'rasoat-spool')
    .addOption(jsonOption(output))
    .action(
      run(async ({ spool, json }: { spool: string; json?: boolean }) => {
        const { readSpool } = await import('../../engine/zones/read-spool.ts');
        const { waiting, refused } = readSpool(spool);
        if (json === true) line(safeJson({ waiting, refused }));
        else {
          line(say('agent-spool.counts', { waiting, refused: refused.length }));
          for (const { seq, run: of, lane, targets, reason } of refused) {
            const about = { seq, run: safeText(of), lane: safeText(lane ?? '–'), targets: targets.length };
            line(`  ${say('agent-spool.refused', { ...about, reason: safeText(reason, 500) })}`);
          }
          if (refused.length > 0) line(say('agent-spool.what-to-do'));
        }
        return refused.length === 0 ? exitCodes.allMet : exitCodes.notMet;
      }),
    );
}

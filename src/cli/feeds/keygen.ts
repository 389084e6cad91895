import { exitCodes } from '../exit-codes.ts';
import type { FeedsWiring } from './wiring.ts';

/** `rasoat feeds keygen`: an Ed25519 pair; the private half stays with whoever exports. */
export function addKeygen({ feeds, output, run }: FeedsWiring): void {
  feeds
    .command('keygen')
    .argument('<path>', output.say('feeds.help.key-path'))
    .description(output.say('feeds.keygen.about'))
    .action(
      run(async (path: string) => {
        const { makeKeys } = await import('../../keys/ed25519.ts');
        output.line(output.say('feeds.keygen.done', makeKeys(path)));
        return exitCodes.allMet;
      }),
    );
}

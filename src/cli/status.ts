import { feedsFolder } from '../feeds/folder.ts';
import { exitCodes } from './exit-codes.ts';
import { feedsOption, jsonOption, outOption } from './options.ts';
import { safeJson } from './safe-text.ts';
import { printStatus } from './status/print.ts';
import type { Wiring } from './wiring.ts';
import { withStore } from './with-store.ts';

type Options = { out: string; feeds?: string; json?: boolean };

/** `rasoat status`: everything that keeps scanning going, on one screen; 1 where something asks for a person. */
export function addStatus({ program, output, env, run }: Wiring): void {
  program
    .command('status')
    .description(output.say('status.about'))
    .addOption(outOption(output))
    .addOption(feedsOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { statusOf } = await import('../pipeline/status.ts');
        const feeds = feedsFolder(options.feeds, env);
        const { figures, troubles, newestRunBytes } = await withStore(options.out, (store) =>
          statusOf(store, { out: options.out, feeds, at: new Date().toISOString() }),
        );
        if (options.json === true) {
          output.line(
            safeJson({
              ...figures,
              newestRunBytes,
              troubles: troubles.map(({ key, params = {} }) => ({
                trouble: key.split('.').at(-1),
                ...params,
              })),
            }),
          );
        } else printStatus(output, figures, troubles, newestRunBytes);
        return troubles.length === 0 ? exitCodes.allMet : exitCodes.notMet;
      }),
    );
}

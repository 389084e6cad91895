import { feedsFolder } from '../feeds/folder.ts';
import { exitCodes } from './exit-codes.ts';
import { checksOption, feedsOption, frameworksOption, jsonOption, outOption } from './options.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Options = {
  out: string;
  trust: string;
  feeds?: string;
  checks?: string[];
  frameworks?: string[];
  json?: boolean;
};

/** `rasoat results import FILE`: 0 when the run is whole (or was before), 3 while some of its targets wait. */
export function addResults({ program, output, env, run }: Wiring): void {
  const { say } = output;
  program
    .command('results')
    .description(say('carried.results.about'))
    .helpCommand(false)
    .command('import')
    .argument('<file>', say('carried.help.results'))
    .description(say('carried.results.import'))
    .addOption(outOption(output))
    .requiredOption('--trust <file>', say('carried.help.trust-agent'))
    .addOption(feedsOption(output))
    .addOption(checksOption(output))
    .addOption(frameworksOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (results: string, options: Options) => {
        const { importResults } = await import('../pipeline/carried/import-results.ts');
        const { readKey } = await import('../keys/ed25519.ts');
        const { trust, feeds, json, ...rest } = options;
        const outcome = await importResults({
          ...rest,
          results,
          trust: readKey(trust, 'public'),
          feeds: feedsFolder(feeds, env),
        });
        const { run: stored, added, had, waiting, targets, ahead, behind } = outcome;
        if (json === true) {
          const { id, zone, state } = stored;
          output.line(safeJson({ run: id, zone, state, targets, added, had, waiting, ahead, behind }));
        } else {
          const words = { run: stored.id, zone: safeText(stored.zone), added, had, waiting, targets };
          if (added === 0) output.line(say('carried.results.had', words));
          else output.line(say('carried.results.added', words));
          if (waiting > 0) output.line(say('carried.results.waiting', words));
          else if (added > 0)
            output.line(say('carried.results.closed', { run: stored.id, out: safeText(options.out) }));
          if (ahead > 0) output.line(say('carried.results.ahead', { count: ahead }));
          if (behind > 0) output.line(say('carried.results.behind', { count: behind }));
        }
        return waiting > 0 ? exitCodes.tooLittleSeen : exitCodes.allMet;
      }),
    );
}

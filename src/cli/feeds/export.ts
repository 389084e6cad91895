import { Option } from 'commander';
import type { FeedName } from '../../model/feed.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { toolVersion } from '../../pipeline/version.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption } from '../options.ts';
import { safeJson } from '../safe-text.ts';
import { feedName, unsignedOption } from './options.ts';
import type { FeedsWiring } from './wiring.ts';

type Options = { feeds?: string; sign?: string; unsigned?: boolean; only?: FeedName[]; json?: boolean };

/** `rasoat feeds export`: what is here as one signed file, for a machine with no Internet. */
export function addExport({ feeds, output, run, folderOf }: FeedsWiring): void {
  feeds
    .command('export')
    .argument('<bundle>', output.say('feeds.help.bundle'))
    .description(output.say('feeds.export.about'))
    .addOption(feedsOption(output))
    .addOption(new Option('--sign <file>', output.say('feeds.help.sign')))
    .addOption(unsignedOption(output))
    .addOption(new Option('--only <feed>', output.say('feeds.help.only')).argParser(feedName))
    .addOption(jsonOption(output))
    .action(
      run(async (bundle: string, options: Options) => {
        if (options.sign === undefined && options.unsigned !== true)
          throw new UserError([{ message: message('feeds.sign-needed') }]);
        const { exportBundle } = await import('../../feeds/bundle/write.ts');
        const { readKey } = await import('../../keys/ed25519.ts');
        const manifest = await exportBundle(folderOf(options), bundle, {
          ...(options.sign === undefined ? {} : { key: readKey(options.sign, 'private') }),
          ...(options.only === undefined ? {} : { feeds: options.only }),
          tool: toolVersion(),
          created: new Date().toISOString(),
        });
        if (options.json === true) output.line(safeJson({ bundle, signed: options.sign !== undefined, ...manifest }));
        else {
          const parts = manifest.feeds.flatMap((feed) => feed.parts);
          output.line(output.say('feeds.export.done', { bundle, feeds: manifest.feeds.length, parts: parts.length }));
        }
        return exitCodes.allMet;
      }),
    );
}

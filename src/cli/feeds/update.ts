import { UserError } from '../../model/errors.ts';
import { feedNames, type FeedName } from '../../model/feed.ts';
import { message } from '../../model/text.ts';
import { toolVersion } from '../../pipeline/version.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption } from '../options.ts';
import { printProblems } from '../problems.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { printImported } from './import.ts';
import { olderOption, settingsOption } from './options.ts';
import type { FeedsWiring } from './wiring.ts';

type Options = { feeds?: string; settings?: string; allowOlder?: boolean; json?: boolean };

/** `rasoat feeds update`: the only command that asks anybody on the Internet anything. Exit 2 when a feed failed. */
export function addUpdate({ feeds, output, run, folderOf }: FeedsWiring): void {
  feeds
    .command('update')
    .argument('[feed...]', output.say('feeds.help.only'))
    .description(output.say('feeds.update.about'))
    .addOption(feedsOption(output))
    .addOption(settingsOption(output))
    .addOption(olderOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (names: string[], options: Options) => {
        const { updateFeeds } = await import('../../feeds/update.ts');
        const { readSettings } = await import('../../feeds/settings.ts');
        const folder = folderOf(options);
        const settings = await readSettings(folder, options.settings);
        const wanted = names.map(known);
        const updates = updateFeeds(
          folder,
          settings,
          {
            ...(wanted.length === 0 ? {} : { feeds: wanted }),
            ...(options.allowOlder === undefined ? {} : { allowOlder: options.allowOlder }),
            userAgent: `RaSoat/${toolVersion().split(' ')[1] ?? '0'} (feeds update)`,
            now: new Date().toISOString(),
          },
          {
            downloading: (address) => {
              output.status(safeText(output.say('feeds.update.downloading', { address })));
            },
            waiting: () => {
              output.note(output.say('feeds.import.waiting'));
            },
          },
        );
        let failed = 0;
        for await (const one of updates) {
          if (one.is === 'imported') printImported(output, [one.imported], options.json === true);
          else if (one.is === 'unchanged') {
            if (options.json === true) output.line(safeJson({ feed: one.feed, unchanged: true }));
            else output.line(output.say('feeds.update.unchanged', { feed: one.feed }));
          } else {
            failed += 1;
            if (options.json === true) output.line(safeJson({ feed: one.feed, failed: true }));
            printProblems(output, one.problems, 'error');
          }
        }
        return failed > 0 ? exitCodes.badInput : exitCodes.allMet;
      }),
    );
}

function known(name: string): FeedName {
  const feed = feedNames.find((one) => one === name);
  if (feed === undefined) throw new UserError([{ message: message('feeds.unknown-feed', { name }) }]);
  return feed;
}

import type { Imported } from '../../feeds/import.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../safe-text.ts';
import { day, keyOption, olderOption, settingsOption, unsignedOption } from './options.ts';
import type { FeedsWiring } from './wiring.ts';
import { Option } from 'commander';

type Options = {
  feeds?: string;
  settings?: string;
  key?: string;
  unsigned?: boolean;
  allowOlder?: boolean;
  date?: string;
  json?: boolean;
};

/** `rasoat feeds import`: bundles and plain files; all of them or none. */
export function addImport({ feeds, output, run, folderOf }: FeedsWiring): void {
  feeds
    .command('import')
    .argument('<file...>', output.say('feeds.help.files'))
    .description(output.say('feeds.import.about'))
    .addOption(feedsOption(output))
    .addOption(settingsOption(output))
    .addOption(keyOption(output))
    .addOption(unsignedOption(output))
    .addOption(olderOption(output))
    .addOption(new Option('--date <day>', output.say('feeds.help.date')).argParser(day))
    .addOption(jsonOption(output))
    .action(
      run(async (inputs: string[], options: Options) => {
        const { importFeeds } = await import('../../feeds/import.ts');
        const { readSettings } = await import('../../feeds/settings.ts');
        const { readKey } = await import('../../keys/ed25519.ts');
        const { filesOf } = await import('../../feeds/stage.ts');
        const folder = folderOf(options);
        const settings = await readSettings(folder, options.settings);
        const keyFile = options.key ?? settings.key;
        const imported = await importFeeds(folder, filesOf(inputs), {
          ...(keyFile === undefined ? {} : { key: readKey(keyFile, 'public') }),
          ...(options.unsigned === undefined ? {} : { unsigned: options.unsigned }),
          ...(options.allowOlder === undefined ? {} : { allowOlder: options.allowOlder }),
          ...(options.date === undefined ? {} : { date: options.date }),
          now: new Date().toISOString(),
          waiting: () => {
            output.note(output.say('feeds.import.waiting'));
          },
        });
        printImported(output, imported, options.json === true);
        return exitCodes.allMet;
      }),
    );
}

/** One line for each feed taken in. */
export function printImported(output: Output, imported: readonly Imported[], json: boolean): void {
  for (const { feed, now, before } of imported) {
    const { date, dateFrom, entries, complete, sha256 } = now;
    if (json) {
      output.line(safeJson({ feed, date, dateFrom, entries, complete, sha256, before: before?.date ?? null }));
      continue;
    }
    const params = { feed, date: date.slice(0, 10), entries };
    const line =
      before === undefined
        ? output.say('feeds.import.new', params)
        : output.say('feeds.import.replaced', { ...params, before: before.date.slice(0, 10) });
    output.line(complete ? line : `${line} ${output.say('feeds.list.incomplete')}.`);
  }
}

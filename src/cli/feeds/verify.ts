import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption } from '../options.ts';
import { safeJson } from '../safe-text.ts';
import { keyOption, settingsOption, unsignedOption } from './options.ts';
import type { FeedsWiring } from './wiring.ts';

type Options = { feeds?: string; settings?: string; key?: string; unsigned?: boolean; json?: boolean };

/** `rasoat feeds verify`: the folder against its own record, or a bundle without importing it. */
export function addVerify({ feeds, output, run, folderOf }: FeedsWiring): void {
  feeds
    .command('verify')
    .argument('[bundle]', output.say('feeds.help.verify'))
    .description(output.say('feeds.verify.about'))
    .addOption(feedsOption(output))
    .addOption(settingsOption(output))
    .addOption(keyOption(output))
    .addOption(unsignedOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (bundle: string | undefined, options: Options) => {
        const { verifyBundle, verifyFolder } = await import('../../feeds/verify.ts');
        const folder = folderOf(options);
        if (bundle === undefined) {
          const verified = await verifyFolder(folder);
          for (const one of verified) {
            const word = one.fault ?? 'whole';
            output.line(options.json === true ? safeJson(one) : `${one.feed}: ${output.say(`feeds.verify.${word}`)}`);
          }
          return verified.some(({ fault }) => fault !== undefined) ? exitCodes.badInput : exitCodes.allMet;
        }
        const { readSettings } = await import('../../feeds/settings.ts');
        const { readKey } = await import('../../keys/ed25519.ts');
        const keyFile = options.key ?? (await readSettings(folder, options.settings)).key;
        if (keyFile === undefined && options.unsigned !== true)
          throw new UserError([{ file: bundle, message: message('feeds.key-needed') }]);
        const trust =
          options.unsigned === true || keyFile === undefined ? 'unsigned' : { key: readKey(keyFile, 'public') };
        const manifest = await verifyBundle(bundle, trust);
        if (options.json === true) output.line(safeJson({ bundle, ...manifest }));
        else
          output.line(
            output.say(trust === 'unsigned' ? 'feeds.verify.unsigned' : 'feeds.verify.signed', {
              bundle,
              feeds: manifest.feeds.map(({ name }) => name).join(', '),
            }),
          );
        return exitCodes.allMet;
      }),
    );
}

import { feedsFolder } from '../feeds/folder.ts';
import { addExport } from './feeds/export.ts';
import { addImport } from './feeds/import.ts';
import { addKeygen } from './feeds/keygen.ts';
import { addList } from './feeds/list.ts';
import { addUpdate } from './feeds/update.ts';
import { addVerify } from './feeds/verify.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat feeds list|import|export|update|verify|keygen`: dated outside knowledge, for a machine with no Internet. */
export function addFeeds(wiring: Wiring): void {
  const { program, output, env } = wiring;
  const feeds = program.command('feeds').description(output.say('feeds.about')).helpCommand(false);
  const folderOf = (options: { readonly feeds?: string }) => feedsFolder(options.feeds, env);
  for (const add of [addList, addImport, addExport, addUpdate, addVerify, addKeygen])
    add({ ...wiring, feeds, folderOf });
}

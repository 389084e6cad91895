import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/**
 * Takes the folder for one scan at a time. The lock is an open exclusive transaction, so the kernel frees it when the
 * process dies in whatever way. Throws UserError when another scan holds it.
 */
export function lockFolder(path: string): { readonly release: () => void } {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new UserError([{ message: message('cli.store-locked', { path }) }]);
  }
  return {
    release: () => {
      database.close();
    },
  };
}

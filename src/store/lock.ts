import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';

/**
 * Takes the folder for one scan (or whatever `busy` tells) at a time. The lock is an open exclusive transaction, so the kernel
 * frees it when the process dies in whatever way. Throws UserError when another holds it.
 */
export function lockFolder(
  path: string,
  busy: Message = message('cli.store-locked', { path }),
): { readonly release: () => void } {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new UserError([{ message: busy }]);
  }
  return {
    release: () => {
      database.close();
    },
  };
}

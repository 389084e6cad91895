import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError, type Problem } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import type { SecretPlace } from './settings-schema.ts';

const longest = 4096;

/**
 * Reads a secret from the environment, or from a file that only its owner can read (0600 or less). `file` is the settings
 * file: paths are told from its folder. Throws UserError, which names the place and never the secret.
 */
export async function readSecret(
  place: SecretPlace,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  problem: (what: Message) => Problem,
): Promise<string> {
  const refuse = (key: string, name: string): never => {
    throw new UserError([problem(message(key, { name }))]);
  };
  if (place.env !== undefined) return env[place.env] ?? refuse('notify.secret.no-variable', place.env);
  const path = resolve(dirname(file), place.file ?? '');
  const handle = await open(path, 'r').catch(() => refuse('notify.secret.unreadable', path));
  try {
    // Of the opened file, so that nothing is put in its place between looking and reading.
    const about = await handle.stat();
    if (!about.isFile() || about.size > longest) refuse('notify.secret.unreadable', path);
    if (process.platform !== 'win32' && (about.mode & 0o077) !== 0) refuse('notify.secret.open-to-others', path);
    const secret = (await handle.readFile('utf8')).replace(/\r?\n$/, '');
    return secret === '' ? refuse('notify.secret.empty', path) : secret;
  } finally {
    await handle.close();
  }
}

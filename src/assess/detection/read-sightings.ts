import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';
import { message, type Message } from '../../model/text.ts';
import { parseSightings, type RawRow } from './parse-sightings.ts';

/** Largest file read: some 100,000 rows. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Reads what a monitoring centre returned, CSV or JSON by its first character, with the SHA-256 of the file. Throws
 * UserError for a file that is no such table; what is wrong with single rows is told later, row by row.
 */
export async function readSightings(
  path: string,
): Promise<{ readonly rows: readonly RawRow[]; readonly hash: string }> {
  const bytes = await readBytes(path);
  const hash = createHash('sha256').update(bytes).digest('hex');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal(path, message('layers.file-not-utf8'));
  }
  return { rows: parseSightings(text, path), hash };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (!found.isFile()) throw refusal(path, message('layers.file-not-regular'));
      if (found.size > maxBytes)
        throw refusal(path, message('layers.file-too-large', { most: maxBytes / 1024 / 1024 }));
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw refusal(path, message('layers.file-unreadable', { detail }));
  }
}

function refusal(file: string, words: Message): UserError {
  return new UserError([{ file, message: words }]);
}

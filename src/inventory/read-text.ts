import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';

/** Largest inventory read. One byte of YAML takes some 85 bytes while it is parsed: this much needs 1.4 GB. */
export const maxBytes = 16 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a text file whole: its words in Unicode form C without byte order mark, and the SHA-256 of its bytes in
 * hexadecimal (as `sha256sum` prints it). Throws UserError for a file that cannot be read as UTF-8 text.
 */
export async function readText(path: string): Promise<{ readonly text: string; readonly hash: string }> {
  const bytes = await readBytes(path);
  const hash = createHash('sha256').update(bytes).digest('hex');
  let decoded: string;
  try {
    decoded = utf8.decode(bytes);
  } catch {
    throw refusal(path, message('inventory.file-not-utf8'), lineOfFirstFault(bytes));
  }
  const text = decoded.replace(/^\uFEFF/, '').normalize('NFC');
  return { text, hash };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (found.isDirectory()) throw refusal(path, message('inventory.file-is-folder'));
      if (!found.isFile()) throw refusal(path, message('inventory.file-not-regular'));
      if (found.size > maxBytes) throw refusal(path, message('inventory.file-too-large', sizes(found.size)));
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof UserError ? error : refusal(path, wordsFor(error));
  }
}

function wordsFor(error: unknown): Message {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return message('inventory.file-missing');
  if (code === 'EACCES' || code === 'EPERM') return message('inventory.file-forbidden');
  if (code === '') throw error;
  return message('inventory.file-unreadable', { code });
}

function sizes(bytes: number): Record<string, number> {
  return { size: Math.ceil(bytes / 1024 / 1024), limit: maxBytes / 1024 / 1024 };
}

function refusal(path: string, words: Message, line?: number): UserError {
  return new UserError([{ file: path, ...(line === undefined ? {} : { line, column: 1 }), message: words }]);
}

/** The first line that is not UTF-8: a line break byte is never part of a longer character. */
function lineOfFirstFault(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    try {
      utf8.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop + 1;
  }
  return line;
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Most bytes of a file and of one of its lines. */
export type LineLimits = { readonly bytes: number; readonly lineBytes: number };

const chunkBytes = 65_536;

/**
 * Opens a file of lines that may be hostile: each line is given without its newline, none longer than the limit, and at most so
 * much of the file is read. Every `lines()` reads the same open file from its start. Throws UserError.
 */
export function openLines(
  path: string,
  limits: LineLimits,
): { readonly lines: () => Generator<Buffer>; readonly close: () => void } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return refuse(path, 'unreadable', { reason: error instanceof Error ? error.message : String(error) });
  }
  const about = fstatSync(file);
  if (!about.isFile() || about.size > limits.bytes) {
    closeSync(file);
    return about.isFile()
      ? refuse(path, 'too-large', { most: limits.bytes })
      : refuse(path, 'unreadable', { reason: 'EISDIR' });
  }
  return {
    lines: () => readLines(path, file, limits),
    close: () => {
      closeSync(file);
    },
  };
}

function* readLines(path: string, file: number, { bytes: most, lineBytes }: LineLimits): Generator<Buffer> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let held: Buffer[] = [];
  let heldBytes = 0;
  let line = 1;
  let position = 0;
  for (;;) {
    const length = readSync(file, chunk, 0, chunkBytes, position);
    if (length === 0) break;
    position += length;
    if (position > most) refuse(path, 'too-large', { most });
    let from = 0;
    for (let end = chunk.indexOf(10, from); end !== -1 && end < length; end = chunk.indexOf(10, from)) {
      const piece = Buffer.from(chunk.subarray(from, end));
      if (heldBytes + piece.length > lineBytes) refuse(path, 'line-too-large', { line, most: lineBytes });
      yield held.length === 0 ? piece : Buffer.concat([...held, piece]);
      [held, heldBytes] = [[], 0];
      line += 1;
      from = end + 1;
    }
    if (from < length) {
      held.push(Buffer.from(chunk.subarray(from, length)));
      heldBytes += length - from;
      if (heldBytes > lineBytes) refuse(path, 'line-too-large', { line, most: lineBytes });
    }
  }
  // A last line without its newline was cut.
  if (heldBytes > 0) refuse(path, 'cut-short', { line });
}

function refuse(file: string, key: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`carried.${key}`, params) }]);
}

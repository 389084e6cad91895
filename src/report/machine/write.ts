import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import type { Exported } from './export.ts';

/** Text is written in blocks of about this many characters, so that a large province needs no second copy in memory. */
const block = 1 << 20;

/**
 * Writes a form to a file for its owner only (0600). It is made beside the file and takes its place in one step, so a reader
 * finds the old one or the new one, whole. Throws UserError where that is not possible.
 */
export async function writeExport(form: Exported, file: string): Promise<{ readonly bytes: number }> {
  const aside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(aside, 'wx', 0o600);
    let bytes = 0;
    try {
      for (const part of parts(form)) {
        await handle.writeFile(part);
        bytes += part.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
    return { bytes };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    throw new UserError([{ message: message('machine.error.file', { file, why: code }) }]);
  } finally {
    await rm(aside, { force: true });
  }
}

function* parts(form: Exported): Generator<Buffer> {
  if (form.kind === 'bytes') {
    yield form.bytes;
    return;
  }
  let held = '';
  for (const piece of form.pieces) {
    held += piece;
    if (held.length < block) continue;
    yield Buffer.from(held);
    held = '';
  }
  yield Buffer.from(held);
}

import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import type { Attachment } from '../model/track/answer.ts';

/** What evidence may weigh: one file, and all of one import, in bytes. */
const attachmentLimits = { fileBytes: 32 * 1024 * 1024, allBytes: 512 * 1024 * 1024 } as const;

/** Where contents lie, by their hash. */
const attachmentFolder = (out: string): string => join(out, 'attachments');

export type AttachmentIntake = {
  /** The evidence that a name means, its content waiting beside those that are kept; or why it is none. */
  readonly take: (name: string) => Promise<{ readonly attachment: Attachment } | { readonly refusal: Message }>;
  /** Keeps a content that was taken. */
  readonly keep: (attachment: Attachment) => Promise<void>;
  /** Throws away what was taken and not kept. */
  readonly end: () => Promise<void>;
};

/**
 * Takes evidence out of one folder, by names alone: no path, no link, no folder, nothing but whole files. Contents are copied byte by byte
 * and hashed; nothing is opened or run. `dry` hashes and copies nothing. Throws UserError for a folder that cannot be read.
 */
export async function openAttachments(out: string, from: string | undefined, dry: boolean): Promise<AttachmentIntake> {
  const names = from === undefined ? new Map<string, Listed>() : await listing(from);
  const waiting = new Map<string, string>();
  const folder = attachmentFolder(out);
  let all = 0;
  return {
    take: async (asked) => {
      const name = asked.normalize('NFC');
      const listed = names.get(name);
      if (listed === undefined) return missing(name, from);
      if (!listed.isFile) return { refusal: message('answers.refused.evidence-no-file', { name }) };
      const size = (await stat(listed.path)).size;
      all += size;
      if (size === 0) return { refusal: message('answers.refused.evidence-empty', { name }) };
      if (size > attachmentLimits.fileBytes || all > attachmentLimits.allBytes) {
        return { refusal: message('answers.refused.evidence-too-large', { name, most: mebibytes(size) }) };
      }
      const place = dry ? undefined : join(folder, `.incoming-${randomUUID()}`);
      if (place !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
      const copied = await copyHashed(listed.path, place);
      if (place !== undefined) waiting.set(place, copied.sha256);
      return { attachment: { name, ...copied } };
    },
    keep: async ({ sha256 }) => {
      const place = [...waiting].find(([, hash]) => hash === sha256)?.[0];
      if (place === undefined || sha256 === undefined) return;
      await rename(place, join(folder, sha256));
      for (const [other, hash] of waiting) if (hash === sha256 && other !== place) await rm(other, { force: true });
      for (const [other, hash] of waiting) if (hash === sha256) waiting.delete(other);
    },
    end: async () => {
      for (const place of waiting.keys()) await rm(place, { force: true });
    },
  };
}

/** Whether a content is there and is what its hash says. */
export async function attachmentState(out: string, sha256: string): Promise<'whole' | 'missing' | 'altered'> {
  const path = join(attachmentFolder(out), sha256);
  const found = await stat(path).catch(() => undefined);
  if (!/^[0-9a-f]{64}$/.test(sha256) || found?.isFile() !== true) return 'missing';
  return (await copyHashed(path, undefined)).sha256 === sha256 ? 'whole' : 'altered';
}

type Listed = { readonly path: string; readonly isFile: boolean };

async function listing(folder: string): Promise<ReadonlyMap<string, Listed>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new UserError([{ file: folder, message: message('answers.file.evidence-dir') }]);
  });
  return new Map(
    entries.map((entry) => [entry.name.normalize('NFC'), { path: join(folder, entry.name), isFile: entry.isFile() }]),
  );
}

/** A text that ends as names of files do is meant as one; any other is the name of a document. */
function missing(name: string, from: string | undefined) {
  if (!/\.[a-z][a-z0-9]{0,7}$/i.test(name)) return { attachment: { name } };
  if (/[/\\]/.test(name)) return { refusal: message('answers.refused.evidence-path', { name }) };
  const why = from === undefined ? 'evidence-no-dir' : 'evidence-missing';
  return { refusal: message(`answers.refused.${why}`, { name }) };
}

async function copyHashed(from: string, to: string | undefined): Promise<{ size: number; sha256: string }> {
  // A link that took the file's place since it was listed is not followed.
  const source = createReadStream(from, { flags: constants.O_RDONLY | constants.O_NOFOLLOW } as never);
  const target = to === undefined ? undefined : await open(to, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of source) {
      size += (chunk as Buffer).length;
      if (size > attachmentLimits.fileBytes) throw new Error(`${from} grew while it was read`);
      hash.update(chunk as Buffer);
      await target?.writeFile(chunk as Buffer);
    }
    await target?.sync();
  } finally {
    await target?.close();
  }
  if (to !== undefined) await chmod(to, 0o600);
  return { size, sha256: hash.digest('hex') };
}

const mebibytes = (size: number) =>
  (size > attachmentLimits.fileBytes ? attachmentLimits.fileBytes : attachmentLimits.allBytes) / 1024 / 1024;

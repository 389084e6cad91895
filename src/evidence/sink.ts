import { closeSync, createWriteStream, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { encrypt, type Encryption } from './outside/encrypt.ts';

/** Where the files of a pack go, one after another; the lines are streamed. */
export type Sink = {
  readonly stream: (name: string, content: AsyncIterable<Buffer>) => Promise<void>;
  readonly add: (name: string, content: Buffer) => void;
  /** Once, at the end: everything is on the disk. */
  readonly end: () => Promise<void>;
  /** In place of `end`, after a failure: lets go of what is open. */
  readonly abort: () => Promise<void>;
};

/** A new folder, for its owner alone. */
export function folderSink(folder: string): Sink {
  mkdirSync(folder, { mode: 0o700 });
  return {
    stream: (name, content) =>
      pipeline(
        Readable.from(content),
        createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600, flush: true }),
      ),
    add: (name, content) => {
      writeFileSync(join(folder, name), content, { flag: 'wx', mode: 0o600, flush: true });
    },
    end: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
}

/** A new zip, for its owner alone; dated by `created`, so that one content gives one file. Encrypted on its way, if so. */
export function zipSink(file: string, created: Date, encryption?: Encryption): Sink {
  const zip = new yazl.ZipFile();
  // The very thing to destroy: a stream around it would wait for it for ever.
  const out = zip.outputStream;
  if (!(out instanceof Readable)) throw new Error('yazl gives another stream');
  zip.on('error', (error: Error) => {
    out.destroy(error);
  });
  const written =
    encryption === undefined
      ? pipeline(out, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
      : encryptTo(file, encryption, out);
  // Awaited in `end`; a failure before that must not end the process.
  const failed = written.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error(String(error))),
  );
  failed.catch(() => undefined);
  const options = { mtime: created, mode: 0o100600 };
  return {
    stream: async (name, content) => {
      const source = Readable.from(content);
      zip.addReadStreamLazy(name, options, (give) => {
        give(null, source);
      });
      try {
        await Promise.race([finished(source, { writable: false }), failed]);
      } finally {
        source.destroy();
      }
    },
    add: (name, content) => {
      zip.addBuffer(content, name, options);
    },
    end: async () => {
      zip.end();
      await written;
    },
    abort: async () => {
      out.destroy(new Error('aborted'));
      await written.catch(() => undefined);
    },
  };
}

async function encryptTo(file: string, encryption: Encryption, clear: Readable): Promise<void> {
  const handle = openSync(file, 'wx', 0o600);
  try {
    await encrypt(encryption, clear, handle);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

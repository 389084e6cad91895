import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { mostRatio, ratioFrom } from './limits.ts';
import { reasonOf, refuse } from './refuse.ts';
import { UserError } from '../model/errors.ts';

/** Content of a file once unpacked, piece by piece. */
export type Bytes = AsyncIterable<Buffer>;

const chunkBytes = 262_144;

/** The first bytes of a file, as they lie on the disk. */
export async function headOf(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** RFC 1952, 2.3.1. */
export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Reads a file, unpacking gzip, at most `most` bytes of content. `name` is what a refusal calls the file. Throws UserError
 * for what is cut off, damaged, too large, or unpacks to many times its size.
 */
export async function* readBytes(path: string, name: string, most: number): Bytes {
  const packed = isGzip(await headOf(path, 2));
  let taken = 0;
  const source = createReadStream(path, { highWaterMark: chunkBytes });
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      done(null, chunk);
    },
  });
  const content = packed
    ? pipeline(source, counter, createGunzip({ chunkSize: chunkBytes }), () => undefined)
    : pipeline(source, counter, () => undefined);
  let given = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      given += chunk.length;
      if (given > most) refuse(name, 'too-large', { most });
      if (given > ratioFrom && given > taken * mostRatio) refuse(name, 'bomb', { most: mostRatio });
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(name, 'damaged', { reason: reasonOf(error) });
  }
}

/** The whole content as text, for feeds that are small. */
export async function readText(bytes: Bytes): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The lines of a text, without their ends. */
export async function* linesOf(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../model/package-root.ts';
import type { Entry } from './entry.ts';
import { format, manifestText, packFiles, type About, type Manifest } from './manifest.ts';
import { tryEncryption, type Encryption } from './outside/encrypt.ts';
import { askTimestamp, timestampQuery } from './outside/timestamp.ts';
import { placeFor } from './place.ts';
import { reasonOf, refuse } from './refuse.ts';
import { createSealer } from './seal.ts';
import type { Scrubber } from './scrub.ts';
import { folderSink, zipSink, type Sink } from './sink.ts';
import { loadVerifier, verifierText, type Timestamp } from './verifier.ts';

export type PackOptions = {
  /** `*.zip`, or a folder; a name of its own where it is encrypted. */
  readonly to: string;
  readonly about: About;
  /** Salts the tree (`secretOf`). */
  readonly secret: Buffer;
  readonly scrubber: Scrubber;
  /** Ed25519; absent: not signed. */
  readonly key?: KeyObject;
  /** RFC 3161; `ca`: PEM of the authorities that its answer must lead to. */
  readonly timestamp?: { readonly server: string; readonly ca?: string };
  readonly encryption?: Encryption;
};

export type WrittenPack = {
  readonly pack: string;
  readonly manifest: Manifest;
  readonly timestamp: Timestamp | null;
};

/** What is never a secret of anybody's: the words of checks and laws. */
const plain: ReadonlySet<Entry['kind']> = new Set(['reference', 'check', 'framework', 'levels']);
const chunkBytes = 64 * 1024;

/**
 * Writes the pack of a run, whole or not at all: lines, manifest, signature, timestamp, sums, verifier and how to use it.
 * Goes through the entries once and keeps of each its hash alone. Throws UserError for what cannot be written, and for a
 * timestamp that does not fit what was asked.
 */
export async function writePack(entries: AsyncIterable<Entry>, options: PackOptions): Promise<WrittenPack> {
  const { about, encryption } = options;
  const pack = nameOf(options.to, encryption);
  const place = placeFor(pack);
  if (encryption !== undefined) await tryEncryption(encryption);
  let sink: Sink | undefined;
  try {
    const asZip = encryption !== undefined || pack.endsWith('.zip');
    sink = asZip ? zipSink(place.aside, new Date(about.created), encryption) : folderSink(place.aside);
    const written = await fill(sink, entries, options);
    await sink.end();
    place.take();
    return { pack, ...written };
  } catch (error) {
    await sink?.abort();
    place.drop();
    if (error instanceof Error && 'syscall' in error) refuse(pack, 'not-written', { reason: reasonOf(error) });
    throw error;
  }
}

/** An encrypted pack says in its name what opens it. */
function nameOf(to: string, encryption: Encryption | undefined): string {
  if (encryption === undefined || to.endsWith(encryption.suffix)) return to;
  return `${to}${to.endsWith('.zip') ? '' : '.zip'}${encryption.suffix}`;
}

async function fill(
  sink: Sink,
  entries: AsyncIterable<Entry>,
  options: PackOptions,
): Promise<Omit<WrittenPack, 'pack'>> {
  const { about, secret, scrubber, key } = options;
  const sealer = createSealer(secret, packFiles.lines);
  let masked = 0;
  const count = (more: number) => (masked += more);
  await sink.stream(packFiles.lines, chunksOf(linesOf(entries, sealer, scrubber, count)));
  const sealed = sealer.end();
  const pem = key === undefined ? null : createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const manifest: Manifest = {
    format,
    ...about,
    ...sealed,
    records: { ...sealed.records, masked },
    publicKey: pem,
    timestamp: options.timestamp === undefined ? null : { server: options.timestamp.server },
  };
  const bytes = Buffer.from(manifestText(manifest));
  const sums = [`${sealed.lines.sha256}  ${packFiles.lines}\n`];
  const add = (name: string, content: Buffer) => {
    sums.push(`${createHash('sha256').update(content).digest('hex')}  ${name}\n`);
    sink.add(name, content);
  };
  add(packFiles.manifest, bytes);
  if (key !== undefined && pem !== null) {
    add(packFiles.signature, sign(null, bytes, key));
    add(packFiles.publicKey, Buffer.from(pem));
  }
  const stamped = options.timestamp === undefined ? null : await stamp(bytes, options.timestamp);
  if (stamped !== null) add(packFiles.timestamp, stamped.reply);
  add(packFiles.verifier, verifierText());
  for (const name of readdirSync(words)) add(name, readFileSync(new URL(name, words)));
  sink.add(packFiles.sums, Buffer.from(sums.join('')));
  return { manifest, timestamp: stamped?.timestamp ?? null };
}

/** How to use a pack, in both languages. */
const words = new URL('templates/evidence/', packageRoot);

async function* linesOf(
  entries: AsyncIterable<Entry>,
  sealer: ReturnType<typeof createSealer>,
  { scrub, masked }: Scrubber,
  count: (masked: number) => void,
): AsyncGenerator<string> {
  for await (const entry of entries) {
    const before = masked();
    const { kind, body, narrowed } = entry;
    const clean = plain.has(kind)
      ? entry
      : { ...entry, body: scrub(body), ...(narrowed === undefined ? {} : { narrowed: scrub(narrowed) }) };
    const line = sealer.add(clean);
    if (line === undefined) continue;
    count(masked() - before);
    yield line;
  }
}

/** Lines are short; the disk and the zip like larger pieces. */
async function* chunksOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = [];
  let length = 0;
  for await (const line of lines) {
    held.push(line);
    length += line.length;
    if (length < chunkBytes) continue;
    yield Buffer.from(held.join(''));
    [held, length] = [[], 0];
  }
  if (length > 0) yield Buffer.from(held.join(''));
}

async function stamp(
  bytes: Buffer,
  { server, ca }: NonNullable<PackOptions['timestamp']>,
): Promise<{ readonly reply: Buffer; readonly timestamp: Timestamp }> {
  const { query, nonce } = timestampQuery(bytes);
  const reply = await askTimestamp(server, query);
  const { readTimestamp, certificatesIn } = await loadVerifier();
  try {
    const timestamp = readTimestamp(reply, bytes, certificatesIn(ca ?? ''), nonce);
    if (ca === undefined || timestamp.trusted) return { reply, timestamp };
  } catch (error) {
    refuse(server, 'timestamp-refused', { reason: reasonOf(error) });
  }
  return refuse(server, 'timestamp-untrusted');
}

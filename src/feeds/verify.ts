import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedNames, type FeedName } from '../model/feed.ts';
import type { Manifest } from './bundle/format.ts';
import { unpackBundle, type Trust } from './bundle/read.ts';
import { readState } from './folder.ts';
import { kindOf } from './kind.ts';
import { refuse } from './refuse.ts';
import { openTables } from './table-file.ts';

export type Verified = { readonly feed: FeedName; readonly fault?: 'missing' | 'changed' | 'damaged' };

/** Holds everything in a folder against what its state says: the files imported, by SHA-256, and the tables, by SQLite. */
export async function verifyFolder(folder: string): Promise<readonly Verified[]> {
  const state = readState(folder);
  const found: Verified[] = [];
  for (const feed of feedNames) {
    const held = state[feed];
    if (held === undefined) continue;
    const faults = await Promise.all(
      held.parts.map((part) => faultOf(join(folder, 'sources', part.sha256), part.sha256)),
    );
    const fault = faults.find((one) => one !== undefined) ?? tablesFault(join(folder, held.database));
    found.push({ feed, ...(fault === undefined ? {} : { fault }) });
  }
  return found;
}

/** Verifies a bundle to its last byte without importing it; gives its manifest. Throws UserError. */
export async function verifyBundle(path: string, trust: Trust): Promise<Manifest> {
  if ((await kindOf(path, path)).is !== 'bundle') refuse(path, 'not-a-bundle');
  const staging = mkdtempSync(join(tmpdir(), 'rasoat-verify-'));
  try {
    return (await unpackBundle(path, path, staging, trust)).manifest;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function faultOf(path: string, sha256: string): Promise<'missing' | 'changed' | undefined> {
  if (!existsSync(path)) return 'missing';
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256 ? undefined : 'changed';
}

function tablesFault(path: string): 'missing' | 'damaged' | undefined {
  if (!existsSync(path)) return 'missing';
  try {
    const database = openTables(path);
    const [row] = database.prepare('PRAGMA quick_check(1)').all();
    database.close();
    return row?.['quick_check'] === 'ok' ? undefined : 'damaged';
  } catch {
    return 'damaged';
  }
}

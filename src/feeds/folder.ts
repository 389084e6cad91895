import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import type { FeedName } from '../model/feed.ts';
import { closed, instant, list, oneOf, text } from '../model/schema.ts';
import { partSchema } from './bundle/format.ts';
import { mostFiles } from './limits.ts';
import { reasonOf, refuse } from './refuse.ts';
import { borderOf } from '../model/border.ts';

/** What one feed consists of: its tables and the files they were made of. */
const heldSchema = Type.Object(
  {
    date: instant(),
    dateFrom: oneOf(['content', 'server', 'given']),
    importedAt: instant(),
    entries: Type.Integer({ minimum: 0 }),
    complete: Type.Boolean(),
    sha256: text(64),
    /** File of its tables, in the folder. */
    database: text(100, { pattern: '^[a-z0-9-]+\\.sqlite$' }),
    reader: Type.Integer(),
    parts: list(partSchema, mostFiles),
  },
  closed,
);
export type Held = Readonly<Static<typeof heldSchema>>;

/** Everything that is current: one small file, renamed into place, so that an import happens whole or not at all. */
export type FolderState = Readonly<Partial<Record<FeedName, Held>>>;

const stateSchema = Type.Object(
  { format: Type.Literal('rasoat-feeds-folder/1'), feeds: Type.Record(text(40), heldSchema) },
  closed,
);
const validate = borderOf<Static<typeof stateSchema>>(stateSchema);

/** `--feeds`, else RASOAT_FEEDS, else the user's data folder (XDG base directories; LOCALAPPDATA on Windows). */
export function feedsFolder(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  const given = asked ?? env['RASOAT_FEEDS'];
  if (given !== undefined && given !== '') return given;
  const data = env['XDG_DATA_HOME'] ?? env['LOCALAPPDATA'] ?? join(env['HOME'] ?? homedir(), '.local', 'share');
  return join(data, 'rasoat', 'feeds');
}

/** Makes the folder, for its owner alone. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(join(folder, 'sources'), { recursive: true, mode: 0o700 });
  } catch (error) {
    refuse(folder, 'folder', { reason: reasonOf(error) });
  }
}

const stateFile = (folder: string) => join(folder, 'state.json');

/** What is current in a folder; empty where there is none. Throws UserError for a state that was not written by us. */
export function readState(folder: string): FolderState {
  const file = stateFile(folder);
  if (!existsSync(file)) return {};
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    refuse(file, 'state', { reason: reasonOf(error) });
  }
  if (!validate(value)) refuse(file, 'state', { reason: validate.errors?.[0]?.message ?? '' });
  return (value as { feeds: FolderState }).feeds;
}

/** Replaces what is current, at once: readers see the old state or the new one. */
export function writeState(folder: string, feeds: FolderState): void {
  const aside = join(folder, `state.json.${process.pid}`);
  writeFileSync(aside, `${JSON.stringify({ format: 'rasoat-feeds-folder/1', feeds }, null, 2)}\n`, { mode: 0o600 });
  syncPath(aside);
  renameSync(aside, stateFile(folder));
  syncPath(folder);
}

/** Waits until the disk holds what was written to a file or a folder. */
export function syncPath(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

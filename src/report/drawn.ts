import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { borderOf } from '../model/border.ts';
import { packageRoot } from '../model/package-root.ts';
import { closed } from '../model/schema.ts';

/** Beside the pages: what the report was drawn from, and how each file was when it was written. */
export const drawnFile = '.rasoat-drawn.json';

const drawnSchema = Type.Object(
  {
    /** What the whole report was drawn from, where whoever asked for it knew. */
    whole: Type.Optional(Type.String({ maxLength: 64 })),
    /** By path: bytes, time of change in milliseconds. */
    files: Type.Record(Type.String(), Type.Tuple([Type.Number(), Type.Number()])),
  },
  closed,
);
export type Drawn = Static<typeof drawnSchema>;
const fits = borderOf<Drawn>(drawnSchema);

/** What was drawn into a folder before; undefined where nothing tells, or what tells is not to be understood. */
export async function readDrawn(folder: string): Promise<Drawn | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, drawnFile), 'utf8'));
    return fits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file of a report is as it was written: one that somebody changed by hand is drawn again. */
async function isUntouched(folder: string, path: string, [bytes, changed]: Drawn['files'][string]): Promise<boolean> {
  const found = await lstat(join(folder, path)).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes && found.mtimeMs === changed;
}

/** Whether all of a report is as it was written, from what it would be drawn from now. */
export async function isWholeUntouched(folder: string, drawn: Drawn, whole: string): Promise<boolean> {
  if (drawn.whole !== whole) return false;
  const all = await Promise.all(Object.entries(drawn.files).map(([path, entry]) => isUntouched(folder, path, entry)));
  return all.every(Boolean);
}

let known: string | undefined;

/**
 * Tells all that draws from what draws otherwise: this program's code and its templates, by when and how they last changed (the
 * system's own count of that, which no copy can set back). Another version, or the same one installed anew, draws every page anew.
 */
export function drawerHash(): string {
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  const code = new URL(import.meta.url.endsWith('.ts') ? 'src/' : 'dist/', packageRoot);
  for (const folder of [code, new URL('templates/', packageRoot), new URL('package.json', packageRoot)]) {
    const files = folder.pathname.endsWith('/')
      ? readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [folder];
    for (const file of files) {
      const { ino, size, mtimeNs, ctimeNs } = lstatSync(file, { bigint: true });
      hash.update(JSON.stringify([String(file), ...[ino, size, mtimeNs, ctimeNs].map(String)]));
    }
  }
  known = hash.digest('hex');
  return known;
}

import { existsSync, readFileSync, writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { borderOf } from '../model/border.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Where the store of an output folder lies: a SQLite file in it, or a database of a PostgreSQL server. */
export type StorePlace =
  { readonly engine: 'sqlite'; readonly path: string } | { readonly engine: 'postgres'; readonly url: string };

/** Written out, for every command comes by here and few need the library that would write it. */
const pointerSchema = {
  type: 'object',
  properties: { postgres: { type: 'string', maxLength: 1000 } },
  required: ['postgres'],
  additionalProperties: false,
};
const fits = borderOf<{ readonly postgres: string }>(pointerSchema);

/** The file that says that the store lies elsewhere. */
const pointerOf = (out: string): string => join(out, 'rasoat.store.json');
const sqliteOf = (out: string): string => join(out, 'rasoat.sqlite');

/** The place a folder's store has, or would be made at. Throws UserError for a pointer that cannot be read. */
export function storePlace(out: string): StorePlace {
  const file = pointerOf(out);
  if (!existsSync(file)) return { engine: 'sqlite', path: sqliteOf(out) };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    value = undefined;
  }
  if (!fits(value)) throw new UserError([{ file, message: message('db.bad-pointer', { file }) }]);
  return { engine: 'postgres', url: checkedUrl(value.postgres, file) };
}

/** Whether a folder has a store. */
export function hasStore(out: string): boolean {
  const place = storePlace(out);
  return place.engine === 'postgres' || existsSync(place.path);
}

/** From now on the folder's store is this database. */
export function pointTo(out: string, url: string): void {
  const file = pointerOf(out);
  const next = `${file}.new`;
  writeFileSync(next, `${JSON.stringify({ postgres: checkedUrl(url) })}\n`, { mode: 0o600 });
  renameSync(next, file);
}

/** An address of PostgreSQL without a password in it: files and process lists are read by others. */
export function checkedUrl(url: string, file?: string): string {
  const refuse = (key: string) => new UserError([{ ...(file === undefined ? {} : { file }), message: message(key) }]);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2)
    throw refuse('db.bad-url');
  if (parsed.password !== '' || parsed.searchParams.has('password')) throw refuse('db.password-in-url');
  return url;
}

/** A place in words, without anything secret. */
export const placeName = (place: StorePlace): string => (place.engine === 'sqlite' ? place.path : place.url);

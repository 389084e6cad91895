import type { DatabaseSync } from 'node:sqlite';
import { mostBytes, mostRatio, ratioFrom } from '../limits.ts';
import { asCve, asInstant, asList, asObject, asText, field, type Plain } from '../plain.ts';
import { oldest, type FeedReader, type Source } from '../reader.ts';
import { refuse } from '../refuse.ts';
import { eachZipEntry, readZipEntry } from '../zip.ts';

/** One stretch of versions: from `introduced` (`0`: the first) to before `fixed`, or to `last`. */
export type OsvStretch = { readonly introduced: string; readonly fixed?: string; readonly last?: string };
export type OsvAffects = { readonly stretches: readonly OsvStretch[]; readonly versions: readonly string[] };

const mostVersions = 2000;

/**
 * OSV, one zip an ecosystem (`npm/all.zip`), a JSON file each vulnerability (OSV schema 1: id, modified, aliases, withdrawn,
 * affected[] of package, ranges[].events[], versions[]). Ranges of commits are not versions and are left out. Its date is that
 * of the entry modified last.
 */
export const osvReader: FeedReader = {
  version: 1,
  tables: `CREATE TABLE osv (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cves TEXT NOT NULL, summary TEXT NOT NULL);
    CREATE TABLE affects (ecosystem TEXT NOT NULL, package TEXT NOT NULL, osv INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE ecosystem (name TEXT PRIMARY KEY) WITHOUT ROWID`,
  indexes: 'CREATE INDEX affects_package ON affects (package, ecosystem)',
  read: async (sources, database) => {
    const write = writer(database);
    const dates: string[] = [];
    let entries = 0;
    for (const source of sources) {
      const { seen, newest } = await readZip(source, write);
      if (seen === 0 || newest === '') refuse(source.name, 'empty');
      dates.push(newest);
      entries += seen;
    }
    const date = oldest(dates);
    return { entries, complete: true, ...(date === undefined ? {} : { date }) };
  },
};

async function readZip({ path, name }: Source, write: (body: Plain, id: string) => void) {
  let [seen, newest, packed, unpacked] = [0, '', 0, 0];
  await eachZipEntry(path, name, async (entry, zip) => {
    if (entry.fileName.endsWith('/')) return;
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    if (unpacked > mostBytes.osv) refuse(name, 'too-large', { most: mostBytes.osv });
    if (unpacked > ratioFrom && unpacked > packed * mostRatio) refuse(name, 'bomb', { most: mostRatio });
    const body = parse(await readZipEntry(entry, zip, name));
    const id = asText(body?.['id'], 100);
    const modified = asInstant(body?.['modified']);
    if (body === undefined || id === undefined || modified === undefined)
      return refuse(name, 'bad-entry', { at: entry.fileName.slice(0, 100) });
    seen += 1;
    if (modified > newest) newest = modified;
    if (body['withdrawn'] === undefined) write(body, id);
  });
  return { seen, newest };
}

function parse(content: Buffer): Plain | undefined {
  try {
    return asObject(JSON.parse(content.toString('utf8')));
  } catch {
    return undefined;
  }
}

function writer(database: DatabaseSync): (body: Plain, id: string) => void {
  const insert = database.prepare('INSERT OR IGNORE INTO osv VALUES (NULL, ?, ?, ?)');
  const insertAffects = database.prepare('INSERT INTO affects VALUES (?, ?, ?, ?)');
  const insertEcosystem = database.prepare('INSERT OR IGNORE INTO ecosystem VALUES (?)');
  return (body, id) => {
    const cves = [id, ...asList(body['aliases']), ...asList(body['upstream'])].flatMap((one) => asCve(one) ?? []);
    const summary = (asText(body['summary'], 400) ?? asText(body['details'], 400) ?? '').replace(/\s+/g, ' ').trim();
    const { changes, lastInsertRowid } = insert.run(id, JSON.stringify([...new Set(cves)]), summary);
    if (changes === 0) return;
    for (const affected of asList(body['affected'])) {
      const ecosystem = asText(field(field(affected, 'package'), 'ecosystem'), 60);
      const name = asText(field(field(affected, 'package'), 'name'), 214);
      if (ecosystem === undefined || name === undefined) continue;
      insertEcosystem.run(ecosystem);
      insertAffects.run(ecosystem, name.toLowerCase(), lastInsertRowid, JSON.stringify(affectsOf(affected)));
    }
  };
}

function affectsOf(affected: unknown): OsvAffects {
  const stretches = asList(field(affected, 'ranges'))
    .filter((range) => field(range, 'type') !== 'GIT')
    .flatMap((range) => stretchesOf(asList(field(range, 'events'))));
  // A list of versions beside ranges says the same again, at many times the size.
  const versions =
    stretches.length > 0 ? [] : asList(field(affected, 'versions')).flatMap((one) => asText(one, 100) ?? []);
  return { stretches, versions: versions.slice(0, mostVersions) };
}

/** Events in the order given, each `introduced` opening a stretch that the next `fixed` or `last_affected` closes. */
function stretchesOf(events: readonly unknown[]): readonly OsvStretch[] {
  const stretches: OsvStretch[] = [];
  let introduced: string | undefined;
  for (const event of events) {
    const opens = asText(field(event, 'introduced'), 100);
    const fixed = asText(field(event, 'fixed'), 100);
    const last = asText(field(event, 'last_affected'), 100);
    if (opens !== undefined) {
      if (introduced !== undefined) stretches.push({ introduced });
      introduced = opens;
    } else if (introduced !== undefined && (fixed !== undefined || last !== undefined)) {
      stretches.push({
        introduced,
        ...(fixed === undefined ? {} : { fixed }),
        ...(last === undefined ? {} : { last }),
      });
      introduced = undefined;
    }
  }
  if (introduced !== undefined) stretches.push({ introduced });
  return stretches;
}

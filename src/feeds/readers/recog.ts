import { SaxesParser } from 'saxes';
import { readText } from '../bytes.ts';
import type { FeedReader } from '../reader.ts';
import { reasonOf, refuse } from '../refuse.ts';
import { compilePattern, type RecogParam, type RecogRow } from './recog-pattern.ts';

/**
 * Rapid7's recog fingerprints, XML (fingerprints.xsd): `<fingerprints matches="ssh.banner">` of `<fingerprint pattern flags>`
 * with `<param pos name value>`. One whose pattern RE2 does not read is left out. They tell no date.
 */
export const recogReader: FeedReader = {
  version: 2,
  tables: 'CREATE TABLE recog (matches TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL)',
  indexes: 'CREATE INDEX recog_matches ON recog (matches, position)',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT INTO recog VALUES (?, ?, ?)');
    let entries = 0;
    for (const { name, bytes } of sources) {
      const rows = parseRecog(await readText(bytes()), name);
      if (rows.length === 0) refuse(name, 'empty');
      for (const row of rows) {
        insert.run(row.matches, entries, JSON.stringify(row));
        entries += 1;
      }
    }
    return { entries, complete: true };
  },
};

function parseRecog(xml: string, name: string): readonly RecogRow[] {
  const rows: RecogRow[] = [];
  let matches = '';
  let open:
    { pattern: string; ignoreCase: boolean; dotAll: boolean; description: string; params: RecogParam[] } | undefined;
  let inDescription = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => refuse(name, 'not-xml', { reason: reasonOf(error).slice(0, 200) }));
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === 'fingerprints') matches = (attributes['matches'] ?? '').slice(0, 100);
    else if (tag === 'fingerprint') {
      const pattern = attributes['pattern'] ?? '';
      const flags = attributes['flags'] ?? '';
      const dotAll = /MULTILINE|DOT_NEWLINE/.test(flags);
      open = { pattern, ignoreCase: flags.includes('ICASE'), dotAll, description: '', params: [] };
    } else if (tag === 'description') inDescription = true;
    else if (tag === 'param' && open !== undefined) {
      const value = attributes['value'];
      open.params.push({
        name: (attributes['name'] ?? '').slice(0, 100),
        group: Number(attributes['pos'] ?? 0) || 0,
        ...(value === undefined ? {} : { value: value.slice(0, 500) }),
      });
    }
  });
  parser.on('text', (text) => {
    if (inDescription && open !== undefined) open.description = (open.description + text).trim().slice(0, 300);
  });
  parser.on('closetag', ({ name: tag }) => {
    if (tag === 'description') inDescription = false;
    if (tag !== 'fingerprint' || open === undefined) return;
    if (compilePattern(open) !== undefined) rows.push({ matches, ...open });
    open = undefined;
  });
  parser.write(xml).close();
  if (matches === '') refuse(name, 'bad-entry', { at: 'fingerprints/matches' });
  return rows;
}

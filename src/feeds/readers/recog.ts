import { SaxesParser } from 'saxes';
import { readText } from '../bytes.ts';
import type { FeedReader } from '../reader.ts';
import { reasonOf, refuse } from '../refuse.ts';

/** What a fingerprint says of what it matches: a fixed word, or the group of the pattern that holds it. */
export type RecogParam = { readonly name: string; readonly group: number; readonly value?: string };
export type RecogRow = {
  readonly matches: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly description: string;
  readonly params: readonly RecogParam[];
};

/**
 * Rapid7's recog fingerprints, XML (fingerprints.xsd): `<fingerprints matches="ssh.banner">` of `<fingerprint pattern flags>`
 * with `<param pos name value>`. Their patterns are Ruby's; one that JavaScript does not read is left out. They tell no date.
 */
export const recogReader: FeedReader = {
  version: 1,
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
  let open: { pattern: string; ignoreCase: boolean; description: string; params: RecogParam[] } | undefined;
  let inDescription = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => refuse(name, 'not-xml', { reason: reasonOf(error).slice(0, 200) }));
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === 'fingerprints') matches = (attributes['matches'] ?? '').slice(0, 100);
    else if (tag === 'fingerprint') {
      const pattern = attributes['pattern'] ?? '';
      open = { pattern, ignoreCase: (attributes['flags'] ?? '').includes('ICASE'), description: '', params: [] };
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
    const pattern = javaScriptPattern(open.pattern);
    if (pattern !== undefined) rows.push({ matches, ...open, pattern });
    open = undefined;
  });
  parser.write(xml).close();
  if (matches === '') refuse(name, 'bad-entry', { at: 'fingerprints/matches' });
  return rows;
}

const longestPattern = 2000;

/** A Ruby pattern as JavaScript writes it; undefined for what it cannot say. */
function javaScriptPattern(ruby: string): string | undefined {
  if (ruby === '' || ruby.length > longestPattern) return undefined;
  const pattern = ruby
    .replace(/^\(\?[imx]+\)/, '')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\h/g, '[0-9a-fA-F]');
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    return undefined;
  }
}

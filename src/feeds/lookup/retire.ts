import type { DatabaseSync } from 'node:sqlite';
import type { KnownVulnerability, SoftwareQuery } from '../../model/vulnerability.ts';
import type { RetireRow } from '../readers/retire.ts';
import { silent, type FeedAnswer } from './answer.ts';
import { parsePurl } from './purl.ts';
import { ranger, wordsOf, type InRange, type Range } from './range.ts';

type Row = { readonly component: string; readonly vulnerabilities: string };

/** Looks JavaScript libraries up in the retire.js repository, by npm name, else by the product's own. */
export function retireLookup(database: DatabaseSync): (query: SoftwareQuery) => FeedAnswer {
  const byName = database.prepare('SELECT component, vulnerabilities FROM retire WHERE component = ? OR npm = ?');
  return ({ product, version, purl: text }) => {
    const purl = parsePurl(text ?? '');
    if (purl !== undefined && purl.type !== 'npm') return silent('retire');
    const name = purl === undefined ? product : [purl.namespace, purl.name].filter((one) => one !== '').join('/');
    const rows = byName.all(name.toLowerCase(), name.toLowerCase()) as Row[];
    const inRange = ranger(product, version);
    const answers = rows.flatMap(({ component, vulnerabilities }) =>
      (JSON.parse(vulnerabilities) as readonly RetireRow[]).map((row) => matchOf(component, row, version, inRange)),
    );
    return {
      feed: 'retire',
      knows: rows.length > 0,
      found: answers.flatMap(({ found }) => found),
      undecided: answers.flatMap(({ undecided }) => undecided),
    };
  };
}

function matchOf(
  component: string,
  row: RetireRow,
  version: string,
  inRange: InRange,
): Pick<FeedAnswer, 'found' | 'undecided'> {
  const nothing = { found: [], undecided: [] };
  if (row.excludes.includes(version)) return nothing;
  const range: Range = {
    ...(row.atOrAbove === undefined ? {} : { fromIncluding: row.atOrAbove }),
    ...(row.below === undefined ? {} : { toExcluding: row.below }),
  };
  const inside = inRange(range);
  const rule = `${component} ${wordsOf(range)}`;
  // Some of its entries have no public name; their range is all there is to call them by.
  const ids = row.ids.length > 0 ? row.ids : [`retire:${rule}`];
  if (inside === undefined) return { found: [], undecided: ids };
  if (!inside) return nothing;
  const found = ids.map((id): KnownVulnerability => ({
    id,
    ...(row.summary === '' ? {} : { summary: row.summary }),
    matched: { feed: 'retire', rule, how: 'range' },
    ...(row.below === undefined ? {} : { fixedIn: row.below }),
  }));
  return { found, undecided: [] };
}

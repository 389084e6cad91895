import type { DatabaseSync } from 'node:sqlite';
import type { Cvss, KnownVulnerability, SoftwareQuery } from '../../model/vulnerability.ts';
import { parseCpe } from '../cpe.ts';
import { silent, type FeedAnswer } from './answer.ts';
import { inRange, wordsOf, type Range } from './range.ts';

type Row = {
  readonly name: string;
  readonly summary: string;
  readonly cvss_version: Cvss['version'] | null;
  readonly cvss_score: number | null;
  readonly cvss_severity: Cvss['severity'] | null;
  readonly cvss_vector: string | null;
  readonly vendor: string;
  readonly product: string;
  readonly exact: string | null;
  readonly from_including: string | null;
  readonly from_excluding: string | null;
  readonly to_including: string | null;
  readonly to_excluding: string | null;
  readonly needs: string | null;
};

export type NvdLookup = {
  readonly ask: (query: SoftwareQuery) => FeedAnswer;
  /** Score and summary of one CVE, for feeds that tell none. */
  readonly describe: (cve: string) => Pick<KnownVulnerability, 'summary' | 'cvss'> | undefined;
};

/** Looks products up in the NVD's tables. A pattern that matches every version without bounds decides nothing and is undecided. */
export function nvdLookup(database: DatabaseSync): NvdLookup {
  const byProduct = database.prepare(
    `SELECT c.name, c.summary, c.cvss_version, c.cvss_score, c.cvss_severity, c.cvss_vector, p.vendor, p.product, a.exact,
       a.from_including, a.from_excluding, a.to_including, a.to_excluding, a.needs
     FROM product p JOIN applies a ON a.product = p.id JOIN cve c ON c.id = a.cve WHERE p.product = ? AND p.vendor = ?`,
  );
  const byName = database.prepare(
    'SELECT summary, cvss_version, cvss_score, cvss_severity, cvss_vector FROM cve WHERE name = ?',
  );
  return {
    ask: ({ cpe, otherCpes = [], version }) => {
      const names = [cpe ?? '', ...otherCpes].flatMap((one) => parseCpe(one) ?? []);
      if (names.length === 0) return silent('nvd');
      const rows = names.flatMap(({ product, vendor }) => byProduct.all(product, vendor) as Row[]);
      return answer(rows, version.toLowerCase());
    },
    describe: (cve) => {
      const row = byName.get(cve) as Row | undefined;
      return row === undefined ? undefined : described(row);
    },
  };
}

function answer(rows: readonly Row[], version: string): FeedAnswer {
  const found = new Map<string, KnownVulnerability>();
  const undecided = new Set<string>();
  for (const row of rows) {
    const range = rangeOf(row);
    const inside = inRange(version, range);
    if (inside === undefined) undecided.add(row.name);
    if (inside !== true) continue;
    const known = found.get(row.name);
    // Of several ranges of one CVE, one without conditions says more.
    if (known !== undefined && (known.onlyWith === undefined || row.needs !== null)) continue;
    found.set(row.name, {
      id: row.name,
      ...described(row),
      matched: {
        feed: 'nvd',
        rule: `${row.vendor}:${row.product} ${wordsOf(range)}`,
        how: range.exact === undefined ? 'range' : 'exact',
      },
      ...(range.toExcluding === undefined ? {} : { fixedIn: range.toExcluding }),
      ...(row.needs === null ? {} : { onlyWith: row.needs }),
    });
  }
  return {
    feed: 'nvd',
    knows: rows.length > 0,
    found: [...found.values()],
    undecided: [...undecided].filter((id) => !found.has(id)),
  };
}

function described(row: Row): Pick<KnownVulnerability, 'summary' | 'cvss'> {
  const { cvss_version: version, cvss_score: score, cvss_severity: severity, cvss_vector: vector } = row;
  return {
    ...(row.summary === '' ? {} : { summary: row.summary }),
    ...(version === null || score === null || severity === null
      ? {}
      : { cvss: { version, score, severity, vector: vector ?? '' } }),
  };
}

function rangeOf(row: Row): Range {
  return {
    ...(row.exact === null ? {} : { exact: row.exact }),
    ...(row.from_including === null ? {} : { fromIncluding: row.from_including }),
    ...(row.from_excluding === null ? {} : { fromExcluding: row.from_excluding }),
    ...(row.to_including === null ? {} : { toIncluding: row.to_including }),
    ...(row.to_excluding === null ? {} : { toExcluding: row.to_excluding }),
  };
}

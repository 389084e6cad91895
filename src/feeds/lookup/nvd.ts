import type { DatabaseSync } from 'node:sqlite';
import type { Cvss, KnownVulnerability, SoftwareQuery } from '../../model/vulnerability.ts';
import { parseCpe } from '../cpe.ts';
import { silent, type FeedAnswer } from './answer.ts';
import { ranger, wordsOf, type InRange, type Range } from './range.ts';

/** One row of `applies`, as an array: rows of a product may be thousands, and objects cost several times as much. */
type Row = readonly [
  cve: number,
  exact: string | null,
  fromIncluding: string | null,
  fromExcluding: string | null,
  toIncluding: string | null,
  toExcluding: string | null,
  needs: string | null,
];

type CveRow = {
  readonly name: string;
  readonly summary: string;
  readonly cvss_version: Cvss['version'] | null;
  readonly cvss_score: number | null;
  readonly cvss_severity: Cvss['severity'] | null;
  readonly cvss_vector: string | null;
};

export type NvdLookup = {
  readonly ask: (query: SoftwareQuery) => FeedAnswer;
  /** Score and summary of one CVE, for feeds that tell none. */
  readonly describe: (cve: string) => Pick<KnownVulnerability, 'summary' | 'cvss'> | undefined;
};

const described = 'name, summary, cvss_version, cvss_score, cvss_severity, cvss_vector';

/** Looks products up in the NVD's tables. */
export function nvdLookup(database: DatabaseSync): NvdLookup {
  const productId = database.prepare('SELECT id FROM product WHERE product = ? AND vendor = ?');
  const ranges = database.prepare(
    `SELECT cve, exact, from_including, from_excluding, to_including, to_excluding, needs FROM applies WHERE product = ?`,
  );
  ranges.setReturnArrays(true);
  const byId = database.prepare(`SELECT ${described} FROM cve WHERE id = ?`);
  const byName = database.prepare(`SELECT ${described} FROM cve WHERE name = ?`);
  return {
    ask: ({ product: asked, cpe, otherCpes = [], version }) => {
      const names = [cpe ?? '', ...otherCpes].flatMap((one) => parseCpe(one) ?? []);
      if (names.length === 0) return silent('nvd');
      const inRange = ranger(asked, version.toLowerCase());
      const hits = new Map<number, Hit>();
      const undecided = new Set<number>();
      let rows = 0;
      for (const { vendor, product } of names) {
        const id = productId.get(product, vendor)?.['id'];
        if (id === undefined) continue;
        const all = ranges.all(id) as unknown as readonly Row[];
        rows += all.length;
        matchRows(all, inRange, `${vendor}:${product}`, hits, undecided);
      }
      const cve = (id: number) => byId.get(id) as CveRow;
      return {
        feed: 'nvd',
        knows: rows > 0,
        found: [...hits].map(([id, hit]) => known(cve(id), hit)),
        undecided: [...undecided].filter((id) => !hits.has(id)).map((id) => cve(id).name),
      };
    },
    describe: (name) => {
      const row = byName.get(name) as CveRow | undefined;
      return row === undefined ? undefined : wordsOfCve(row);
    },
  };
}

type Hit = { readonly range: Range; readonly name: string; readonly needs: string | null };

/** Of several ranges of one CVE, one without conditions says more. */
function matchRows(
  rows: readonly Row[],
  inRange: InRange,
  name: string,
  hits: Map<number, Hit>,
  undecided: Set<number>,
): void {
  for (const row of rows) {
    const [cve, , , , , , needs] = row;
    const range = rangeOf(row);
    const inside = inRange(range);
    if (inside === undefined) undecided.add(cve);
    if (inside !== true) continue;
    const before = hits.get(cve);
    if (before === undefined || (before.needs !== null && needs === null)) hits.set(cve, { range, name, needs });
  }
}

function known(row: CveRow, { range, name, needs }: Hit): KnownVulnerability {
  return {
    id: row.name,
    ...wordsOfCve(row),
    matched: { feed: 'nvd', rule: `${name} ${wordsOf(range)}`, how: range.exact === undefined ? 'range' : 'exact' },
    ...(range.toExcluding === undefined ? {} : { fixedIn: range.toExcluding }),
    ...(needs === null ? {} : { onlyWith: needs }),
  };
}

function wordsOfCve(row: CveRow): Pick<KnownVulnerability, 'summary' | 'cvss'> {
  const { cvss_version: version, cvss_score: score, cvss_severity: severity, cvss_vector: vector } = row;
  return {
    ...(row.summary === '' ? {} : { summary: row.summary }),
    ...(version === null || score === null || severity === null
      ? {}
      : { cvss: { version, score, severity, vector: vector ?? '' } }),
  };
}

function rangeOf([, exact, fromIncluding, fromExcluding, toIncluding, toExcluding]: Row): Range {
  return {
    ...(exact === null ? {} : { exact }),
    ...(fromIncluding === null ? {} : { fromIncluding }),
    ...(fromExcluding === null ? {} : { fromExcluding }),
    ...(toIncluding === null ? {} : { toIncluding }),
    ...(toExcluding === null ? {} : { toExcluding }),
  };
}

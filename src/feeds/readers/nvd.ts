import type { DatabaseSync } from 'node:sqlite';
import { eachJsonValue } from '../json-stream.ts';
import { asCve, asInstant, asList, asNumber, asObject, asText, field } from '../plain.ts';
import { oldest, type FeedReader, type Source } from '../reader.ts';
import { refuse } from '../refuse.ts';
import { bestCvss } from './cvss.ts';
import { appliesOf } from './nvd-configurations.ts';

/** First year of which the NVD publishes a file; older entries stand in it. */
const firstYear = 2002;

/**
 * The NVD's vulnerabilities, JSON 2.0: pages of the API and the yearly files, which share one shape (format NVD_CVE, version
 * 2.0, resultsPerPage, startIndex, totalResults, timestamp, vulnerabilities[].cve). Of a CVE that stands in several files the
 * newest file's word counts. Complete: every year from 2002 to that of the data has entries.
 */
export const nvdReader: FeedReader = {
  version: 1,
  tables: `CREATE TABLE product (id INTEGER PRIMARY KEY, vendor TEXT NOT NULL, product TEXT NOT NULL);
    CREATE TABLE cve (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, summary TEXT NOT NULL, cvss_version TEXT,
      cvss_score REAL, cvss_severity TEXT, cvss_vector TEXT);
    CREATE TABLE applies (product INTEGER NOT NULL, cve INTEGER NOT NULL, exact TEXT, from_including TEXT,
      from_excluding TEXT, to_including TEXT, to_excluding TEXT, needs TEXT)`,
  indexes: `CREATE INDEX applies_product ON applies (product);
    CREATE UNIQUE INDEX product_name ON product (product, vendor)`,
  read: async (sources, database) => {
    const write = writer(database);
    const pages: { readonly timestamp: string; readonly newest: number }[] = [];
    const years = new Set<number>();
    let expected = 0;
    let seen = 0;
    for (const source of newestFirst(sources)) {
      let newest = 0;
      const page = await readPage(source, (cve) => {
        const year = Number(cve.name.slice(4, 8));
        years.add(year);
        newest = Math.max(newest, year);
        write(cve);
      });
      pages.push({ timestamp: page.timestamp, newest });
      seen += page.seen;
      if (page.start === 0) expected += page.total;
      if (page.seen !== Math.min(page.perPage, page.total - page.start))
        refuse(source.name, 'count', { said: Math.min(page.perPage, page.total - page.start), seen: page.seen });
    }
    if (seen !== expected) refuse(sources[0]?.name ?? '', 'pages', { said: expected, seen });
    const date = dateOf(pages);
    return { entries: seen, complete: coversYears(years, date), ...(date === undefined ? {} : { date }) };
  },
};

/** Files of past years are written again only when something in them changes, so the date is that of the last two years' files. */
function dateOf(pages: readonly { readonly timestamp: string; readonly newest: number }[]): string | undefined {
  const last = Math.max(...pages.map(({ newest }) => newest));
  return oldest(pages.flatMap(({ timestamp, newest }) => (newest >= last - 1 ? [timestamp] : [])));
}

type CveRow = { readonly name: string; readonly body: unknown };

type Page = { timestamp: string; start: number; perPage: number; total: number; seen: number };

async function readPage(source: Source, take: (cve: CveRow) => void): Promise<Page> {
  const { name } = source;
  const head: Record<string, unknown> = {};
  let seen = 0;
  const paths = ['$.resultsPerPage', '$.startIndex', '$.totalResults', '$.format', '$.version', '$.timestamp'];
  await eachJsonValue(source.bytes(), name, [...paths, '$.vulnerabilities.*'], (value, [top = '', index]) => {
    if (top !== 'vulnerabilities') {
      head[top] = value;
      return;
    }
    const body = field(value, 'cve');
    const id = asCve(field(body, 'id')) ?? refuse(name, 'bad-entry', { at: `vulnerabilities/${index ?? 0}` });
    seen += 1;
    take({ name: id, body });
  });
  if (head['format'] !== 'NVD_CVE' || head['version'] !== '2.0') refuse(name, 'bad-entry', { at: 'version' });
  const number = (key: string) => asNumber(head[key]) ?? refuse(name, 'bad-entry', { at: key });
  return {
    timestamp: asInstant(head['timestamp']) ?? refuse(name, 'bad-entry', { at: 'timestamp' }),
    start: number('startIndex'),
    perPage: number('resultsPerPage'),
    total: number('totalResults'),
    seen,
  };
}

/** Writes CVEs; one that was written before, from a newer file, stays. */
function writer(database: DatabaseSync): (cve: CveRow) => void {
  const insertCve = database.prepare('INSERT OR IGNORE INTO cve VALUES (NULL, ?, ?, ?, ?, ?, ?)');
  const insertProduct = database.prepare('INSERT INTO product VALUES (?, ?, ?)');
  const insertApplies = database.prepare('INSERT INTO applies VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const products = new Map<string, number>();
  const productId = (vendor: string, product: string): number => {
    const key = `${vendor} ${product}`;
    const known = products.get(key);
    if (known !== undefined) return known;
    products.set(key, products.size);
    insertProduct.run(products.size - 1, vendor, product);
    return products.size - 1;
  };
  return ({ name, body }) => {
    const cve = asObject(body) ?? {};
    const score = bestCvss(cve['metrics']);
    const { changes, lastInsertRowid } = insertCve.run(
      name,
      summaryOf(cve['descriptions']),
      score?.version ?? null,
      score?.score ?? null,
      score?.severity ?? null,
      score?.vector ?? null,
    );
    // A rejected CVE is kept by its name, so that an older file's word of it does not come back.
    if (changes === 0 || cve['vulnStatus'] === 'Rejected') return;
    const written = new Set<string>();
    for (const one of appliesOf(cve['configurations'])) {
      const row = [
        one.exact ?? null,
        one.fromIncluding ?? null,
        one.fromExcluding ?? null,
        one.toIncluding ?? null,
        one.toExcluding ?? null,
        one.needs ?? null,
      ] as const;
      const product = productId(one.vendor, one.product);
      const key = `${product} ${row.join('\n')}`;
      if (written.has(key)) continue;
      written.add(key);
      insertApplies.run(product, lastInsertRowid, ...row);
    }
  };
}

const mostSummary = 400;

function summaryOf(descriptions: unknown): string {
  const english = asList(descriptions).find((one) => field(one, 'lang') === 'en');
  const text = (asText(field(english, 'value'), 4000) ?? '').replace(/\s+/g, ' ').trim();
  return text.length > mostSummary ? `${text.slice(0, mostSummary - 1)}…` : text;
}

function newestFirst(sources: readonly Source[]): readonly Source[] {
  const stamp = ({ head }: Source) => asInstant(/"timestamp"\s*:\s*"([^"]{1,40})"/.exec(head)?.[1]) ?? '';
  return [...sources].sort((a, b) => (stamp(a) < stamp(b) ? 1 : -1));
}

function coversYears(years: ReadonlySet<number>, date: string | undefined): boolean {
  const last = Number((date ?? '').slice(0, 4));
  for (let year = firstYear; year <= last; year += 1) if (!years.has(year)) return false;
  return last >= firstYear;
}

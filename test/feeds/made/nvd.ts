// Makes NVD 2.0 files to the real schema (format NVD_CVE 2.0), of any size, the same each time.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export type MadeCve = Readonly<Record<string, unknown>>;

/** One CVE as the NVD writes it. */
export function makeCve(
  id: string,
  configurations: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): MadeCve {
  return {
    id,
    sourceIdentifier: 'cve@mitre.org',
    published: '2024-05-06T15:15:24.363',
    lastModified: '2024-11-21T05:56:01.123',
    vulnStatus: 'Analyzed',
    cveTags: [],
    descriptions: [
      { lang: 'en', value: `A made-up flaw, ${id}, lets a remote sender of a crafted request do what it should not.` },
      {
        lang: 'es',
        value: 'Una vulnerabilidad inventada para las pruebas, escrita aquí para que el tamaño sea el real.',
      },
    ],
    metrics: {
      cvssMetricV31: [
        {
          source: 'nvd@nist.gov',
          type: 'Primary',
          cvssData: {
            version: '3.1',
            vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
            baseScore: 9.8,
            baseSeverity: 'CRITICAL',
            attackVector: 'NETWORK',
            attackComplexity: 'LOW',
            privilegesRequired: 'NONE',
            userInteraction: 'NONE',
            scope: 'UNCHANGED',
            confidentialityImpact: 'HIGH',
            integrityImpact: 'HIGH',
            availabilityImpact: 'HIGH',
          },
          exploitabilityScore: 3.9,
          impactScore: 5.9,
        },
      ],
    },
    weaknesses: [{ source: 'nvd@nist.gov', type: 'Primary', description: [{ lang: 'en', value: 'CWE-787' }] }],
    configurations,
    references: Array.from({ length: 5 }, (_none, index) => ({
      url: `https://vendor.example/advisories/${id.toLowerCase()}/${index}`,
      source: 'cve@mitre.org',
      tags: ['Third Party Advisory', 'Vendor Advisory'],
    })),
    ...more,
  };
}

type Bounds = Readonly<
  Partial<
    Record<'versionStartIncluding' | 'versionStartExcluding' | 'versionEndIncluding' | 'versionEndExcluding', string>
  >
>;

/** One `cpeMatch`. */
export function match(criteria: string, bounds: Bounds = {}, vulnerable = true) {
  return { vulnerable, criteria, ...bounds, matchCriteriaId: '00000000-0000-4000-8000-000000000000' };
}

/** One configuration of one OR node. */
export function anyOf(...matches: readonly unknown[]) {
  return { nodes: [{ operator: 'OR', negate: false, cpeMatch: matches }] };
}

export type PageOptions = { readonly timestamp?: string; readonly start?: number; readonly total?: number };

/** One page or yearly file. */
export function makePage(cves: readonly MadeCve[], options: PageOptions = {}): string {
  return JSON.stringify({
    resultsPerPage: cves.length,
    startIndex: options.start ?? 0,
    totalResults: options.total ?? cves.length,
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: options.timestamp ?? '2026-11-20T00:00:00.000',
    vulnerabilities: cves.map((cve) => ({ cve })),
  });
}

const firstYear = 2002;
const lastYear = 2026;

/** A CVE of the big file: products as uneven as the real ones, a few of them with thousands of entries. */
function numbered(index: number): MadeCve {
  const year = firstYear + (index % (lastYear - firstYear + 1));
  const spread = (index * 2_654_435_761) % 4_294_967_296;
  // One in a thousand names nginx (several times as many as are known of it); the rest are spread over 60,000 products with
  // a heavy head: the first has some 7,500, as the Linux kernel has.
  const product = index % 1000 === 0 ? -1 : Math.floor((spread / 4_294_967_296) ** 3 * 60_000);
  const name = product < 0 ? 'f5:nginx' : `vendor${product % 20_000}:product${product}`;
  const matches = Array.from({ length: 1 + (index % 9) }, (_none, at) =>
    at % 3 === 2
      ? match(`cpe:2.3:a:${name}:${at}.${index % 20}.${at}:*:*:*:*:*:*:*`)
      : match(`cpe:2.3:a:${name}:*:*:*:*:*:*:*:*`, {
          versionStartIncluding: `${at}.0.0`,
          versionEndExcluding: `${at}.${index % 30}.${index % 7}`,
        }),
  );
  return makeCve(`CVE-${year}-${10_000 + index}`, [anyOf(...matches)]);
}

/** Writes a file of so many CVEs, piece by piece. */
export async function writeBigNvd(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  const put = async (text: string): Promise<void> => {
    if (!file.write(text)) await once(file, 'drain');
  };
  const head = makePage([], { total: count }).replace('"resultsPerPage":0', `"resultsPerPage":${count}`);
  await put(head.slice(0, -2));
  for (let index = 0; index < count; index += 1) {
    await put(`${index === 0 ? '' : ','}${JSON.stringify({ cve: numbered(index) })}`);
  }
  file.end(']}');
  await once(file, 'finish');
}

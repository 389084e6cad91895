import type { SoftwareSource } from '../../model/facts/software.ts';
import { cpeNamesOf, cpeOf } from '../../model/software/cpe.ts';
import { packageOf } from '../../model/software/distribution-package.ts';
import { distributionPurl, purlOf } from '../../model/software/purl.ts';
import { releaseOf } from '../../model/software/release.ts';
import { readText } from './read-banner.ts';
import type { Reading } from './reading.ts';

/** One product as `rasoat software explain` prints it; null where the words do not tell. */
export type ExplainedProduct = {
  /** Our name, as in facts, checks and the end-of-life table. */
  readonly product: string | null;
  readonly version: string | null;
  /** By the CPE dictionary where it knows the product. */
  readonly vendor: string | null;
  readonly os: string | null;
  readonly osVersion: string | null;
  readonly cpe: string | null;
  readonly purl: string | null;
  /** The distribution's own version, with its epoch. */
  readonly package: string | null;
  /** What the maker calls the version: `Exchange Server 2019 CU12`. */
  readonly release: string | null;
  /** `high`: the words name the product. `medium`: a trace that only it leaves by default. `low`: read by the grammar alone. */
  readonly confidence: 'high' | 'medium' | 'low' | null;
};

/** What is made of one banner: its principal product, the source it was read as, and the other products that it names. */
export type Explained = ExplainedProduct & {
  readonly from: SoftwareSource;
  readonly also: readonly ExplainedProduct[];
};

const traces: ReadonlySet<SoftwareSource> = new Set([
  'favicon',
  'html.script',
  'html.title',
  'http.cookie',
  'x509.certificate',
]);

/** Explains one text; pure and total. */
export function explainBanner(source: SoftwareSource, text: string): Explained {
  const [first, ...rest] = readText(source, text).map((found) => explain(source, found));
  return { ...(first ?? nothing), from: source, also: rest };
}

const nothing: ExplainedProduct = {
  product: null,
  version: null,
  vendor: null,
  os: null,
  osVersion: null,
  cpe: null,
  purl: null,
  package: null,
  release: null,
  confidence: null,
};

function explain(source: SoftwareSource, found: Reading): ExplainedProduct {
  const { product, version, os, osVersion } = found;
  const packaged =
    found.package === undefined || os === undefined ? undefined : packageOf(product, os, osVersion, found.package);
  return {
    product,
    version: version ?? null,
    vendor: cpeNamesOf(product)[0]?.vendor ?? found.vendor ?? null,
    os: os ?? null,
    osVersion: osVersion ?? null,
    cpe: cpeOf(product, version) ?? null,
    purl: (packaged === undefined ? purlOf(product, version) : distributionPurl(packaged)) ?? null,
    package: packaged?.version ?? null,
    release: (version === undefined ? undefined : releaseOf(product, version)?.name) ?? null,
    confidence: found.guess === true ? 'low' : traces.has(source) ? 'medium' : 'high',
  };
}

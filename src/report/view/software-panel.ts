import type { ObservationOf, Seen } from '../../model/observation.ts';
import type { SoftwareItemView, VulnerabilityView } from '../../model/software/assessed.ts';
import { conflictsOf, mergeSoftware, type MergedProduct } from '../../model/software/merge.ts';
import { message, type Message } from '../../model/text.ts';

/** One published vulnerability beside a version. */
export type WeaknessRow = {
  readonly id: string;
  /** CVSS; null where no feed gives one. */
  readonly score: number | null;
  /** EPSS in per cent. */
  readonly epss: number | null;
  readonly exploited: boolean;
  readonly due: string | null;
  readonly ransomware: boolean;
  readonly fixedIn: string | null;
};

/** A version with what the feeds say of it, and how sure that is. */
export type WeakRow = {
  readonly product: string;
  readonly version: string;
  readonly port: number;
  readonly sure: Message;
  readonly worst: readonly WeaknessRow[];
  /** How many more there are. */
  readonly more: number;
  readonly claimed: { readonly package: string; readonly date: string } | null;
};

/** A version past its support, or near it. */
export type EndedRow = {
  readonly product: string;
  readonly version: string;
  readonly port: number;
  readonly line: string;
  readonly day: string;
  readonly word: Message;
};

/** One product and every place that told of it. */
export type ToldRow = Pick<MergedProduct, 'product' | 'os' | 'release' | 'package' | 'cpe'> & {
  readonly version: string;
  readonly told: readonly { readonly source: Message; readonly port: number; readonly text: string }[];
};

/** What one target's software is and means: exploited, weak, ended and merely told apart. */
export type SoftwarePanel = {
  readonly target: string;
  readonly at: string;
  readonly exploited: readonly WeakRow[];
  readonly weak: readonly WeakRow[];
  readonly ended: readonly EndedRow[];
  readonly items: readonly ToldRow[];
  readonly conflicts: readonly { readonly word: Message; readonly told: string }[];
  /** Versions of which no feed could tell. */
  readonly unknown: number;
  readonly feeds: string | null;
  readonly captions: { readonly exploited: Message; readonly weak: Message };
};

const mostRows = 100;

/** The panel of one observation of software, with what the judgement made of it. */
export function softwarePanel(
  { target, at, facts }: ObservationOf<'software'> & Seen<'software'>,
  assessed: readonly SoftwareItemView[],
): SoftwarePanel {
  const weak = assessed.filter((item) => item.vulnerable === true);
  return {
    target,
    at,
    exploited: weak
      .filter((item) => item.exploited === true)
      .slice(0, mostRows)
      .map(weakRow),
    weak: weak
      .filter((item) => item.exploited !== true)
      .slice(0, mostRows)
      .map(weakRow),
    ended: assessed
      .filter((item) => item.supported === false || item.endingSoon === true)
      .slice(0, mostRows)
      .flatMap(endedRow),
    items: mergeSoftware(facts.items).map(toldRow),
    conflicts: conflictsOf(facts.items)
      .slice(0, mostRows)
      .map(({ kind, port, told }) => ({
        word: message(`report.software.conflict.${kind}`, { port }),
        told: told.map(({ product, version }) => (version === null ? product : `${product} ${version}`)).join(' ≠ '),
      })),
    unknown: assessed.filter((item) => item.version !== null && item.vulnerable === undefined).length,
    feeds: assessed.find((item) => item.feeds !== undefined && item.feeds !== '')?.feeds ?? null,
    captions: {
      exploited: message('report.software.caption-exploited'),
      weak: message('report.software.caption-weak'),
    },
  };
}

function weakRow(item: SoftwareItemView): WeakRow {
  const worst = (item.worst ?? []).slice(0, 5);
  return {
    product: item.product,
    version: item.version ?? '',
    port: item.port,
    sure: message(`report.software.sure.${worst[0]?.certainty ?? 'possible'}`),
    worst: worst.map(weaknessRow),
    more: Math.max(0, (item.vulnerabilities ?? 0) - worst.length),
    claimed: item.claimed === undefined ? null : { package: item.claimed.package, date: item.claimed.date },
  };
}

function weaknessRow({ id, score, epss, exploited, due, ransomware, fixedIn }: VulnerabilityView): WeaknessRow {
  return {
    id,
    score,
    epss: epss === null ? null : Number((epss * 100).toFixed(epss < 0.1 ? 1 : 0)),
    exploited,
    due,
    ransomware,
    fixedIn,
  };
}

function endedRow({ product, version, port, line, endOfLife, supported }: SoftwareItemView): readonly EndedRow[] {
  if (line === undefined || typeof endOfLife !== 'string') return [];
  const word = message(`report.software.${supported === true ? 'ending' : 'ended'}`);
  return [{ product, version: version ?? '', port, line, day: endOfLife, word }];
}

function toldRow(product: MergedProduct): ToldRow {
  return {
    product: product.product,
    version: product.version ?? '',
    os: product.os,
    release: product.release,
    package: product.package,
    cpe: product.cpe,
    told: product.seen.map(({ source, port, text }) => ({ source: message(`words.source.${source}`), port, text })),
  };
}

import type { SoftwareItem, SoftwareOpinion } from '../../model/facts/software.ts';
import { formatDay } from '../format.ts';
import type { ObservationOf, Seen } from '../../model/observation.ts';
import type { SoftwareItemView, VulnerabilityView } from '../../model/software/assessed.ts';
import { conflictsOf, mergeSoftware, type MergedProduct } from '../../model/software/merge.ts';
import { standingOf, type Standing } from '../../model/software/fingerprints.ts';
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
  /** Whose word it is where it is not ours. */
  readonly by: Message | null;
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
  /** How often an imported feed of fingerprints read the same; null where there was none. */
  readonly secondOpinion: Message | null;
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
  const told = (facts.opinions ?? []).map((opinion) => ({ ...opinion, standing: standingOf(opinion, facts.items) }));
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
    items: [
      ...mergeSoftware(facts.items).map(toldRow),
      ...told.filter(({ standing }) => standing === 'alone').map(opinionRow),
    ],
    conflicts: [
      ...conflictsOf(facts.items).map(({ kind, port, told }) => ({
        word: message(`report.software.conflict.${kind}`, { port }),
        told: told.map(named).join(' ≠ '),
      })),
      ...told
        .filter(({ standing }) => standing === 'version' || standing === 'product')
        .map(opinionConflict(facts.items)),
    ].slice(0, mostRows),
    secondOpinion: secondOpinionOf(told),
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
    by: null,
    told: product.seen.map(({ source, port, text }) => ({ source: message(`words.source.${source}`), port, text })),
  };
}

type Opinion = SoftwareOpinion & { readonly standing: Standing };

/** Words in which only the fingerprints read something; they decide nothing. */
function opinionRow({ product, version, source, port, text, date }: Opinion): ToldRow {
  const told = [{ source: message(`words.source.${source}`), port, text }];
  const by = message('report.software.by-recog', { date: formatDay(date) });
  return { product, version: version ?? '', os: null, release: null, package: null, cpe: null, by, told };
}

const opinionConflict =
  (items: readonly SoftwareItem[]) =>
  ({ product, version, source, port, text, date }: Opinion) => {
    const ours = items.filter((item) => item.source === source && item.port === port && item.text === text);
    return {
      word: message('report.software.conflict.opinion', { port, date: formatDay(date) }),
      told: [...ours, { product, version }].map(named).join(' ≠ '),
    };
  };

function secondOpinionOf(told: readonly Opinion[]): Message | null {
  const [first] = told;
  if (first === undefined) return null;
  const agreeing = told.filter(({ standing }) => standing === 'agrees').length;
  return message('report.software.second-opinion', { date: formatDay(first.date), n: agreeing, all: told.length });
}

function named({
  product,
  version,
}: {
  readonly product: string;
  readonly version?: string | null | undefined;
}): string {
  return version == null ? product : `${product} ${version}`;
}

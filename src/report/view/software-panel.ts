import { formatDay } from '../format.ts';
import type { ObservationOf, Seen } from '../../model/observation.ts';
import type { AssessedTarget, SoftwareItemView, VulnerabilityView } from '../../model/software/assessed.ts';
import { conflictsOf, mergeSoftware } from '../../model/software/merge.ts';
import { standingOf } from '../../model/software/fingerprints.ts';
import { message, type Message } from '../../model/text.ts';
import { named, opinionConflict, opinionRow, secondOpinionOf, toldRow, type ToldRow } from './software-told.ts';

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
  /** What the owner's list of Windows updates is worth here. */
  readonly updates: Message | null;
};

/** A version whose product the list of exploited vulnerabilities names, without saying which versions. */
export type NamedRow = {
  readonly product: string;
  readonly version: string;
  readonly port: number;
  readonly count: Message;
  readonly newest: readonly { readonly id: string; readonly due: string }[];
};

/** A version past its support, or near it. */
export type EndedRow = {
  readonly product: string;
  readonly version: string;
  readonly port: number;
  readonly line: string;
  readonly day: string;
  readonly word: Message;
  readonly updates: Message | null;
};

/** What one target's software is and means: exploited, weak, ended and merely told apart. */
export type SoftwarePanel = {
  readonly target: string;
  readonly at: string;
  readonly exploited: readonly WeakRow[];
  readonly named: readonly NamedRow[];
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
  judged: AssessedTarget | undefined,
): SoftwarePanel {
  const assessed = judged?.items ?? [];
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
    named: assessed.slice(0, mostRows).flatMap(namedRow),
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
    feeds: feedDates(judged),
    captions: {
      exploited: message('report.software.caption-exploited'),
      weak: message('report.software.caption-weak'),
    },
  };
}

/** Every feed that said something here, with its day: `kev 25/11/2026, nvd 24/11/2026`; null where none did. */
function feedDates(judged: AssessedTarget | undefined): string | null {
  const told = (judged?.items ?? []).flatMap(({ feeds = '' }) => feeds.split(', ').filter((one) => one !== ''));
  const leaned = (judged?.leanedOn ?? []).map(({ feed, date }) => `${feed} ${date.slice(0, 10)}`);
  const all = [...new Set([...told, ...leaned])].sort();
  return all.length === 0 ? null : all.join(', ').replace(/\d{4}-\d{2}-\d{2}/g, formatDay);
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
    updates: updatesWord(item),
  };
}

function namedRow({ product, version, port, namedByKev: named }: SoftwareItemView): readonly NamedRow[] {
  if (named === undefined) return [];
  const count = message('report.software.named-count', { n: named.count });
  return [{ product, version: version ?? '', port, count, newest: named.newest }];
}

function updatesWord({ updates }: SoftwareItemView): Message | null {
  if (updates === undefined) return null;
  return message('report.software.updates', { n: updates.count, date: formatDay(updates.date) });
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

function endedRow(item: SoftwareItemView): readonly EndedRow[] {
  const { product, version, port, line, endOfLife, supported } = item;
  if (line === undefined || typeof endOfLife !== 'string') return [];
  const word = message(`report.software.${supported === true ? 'ending' : 'ended'}`);
  return [{ product, version: version ?? '', port, line, day: endOfLife, word, updates: updatesWord(item) }];
}

import type { Citation } from '../../model/framework.ts';
import type { LayerEvidence, LayerGap, LayerStatus } from '../../model/layer-status.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { layerMark } from './layer-mark.ts';
import { findingAnchors } from './findings.ts';
import type { Mark, Tone } from './mark.ts';
import type { ReportIndex, SystemFile } from './report-index.ts';

/** A field with the clause that asks for it. */
type GapView = { readonly field: Message; readonly cite: string };

/** One piece of evidence: what it is, its own time, and the day of the claim that it stands beside. */
export type EvidenceView = {
  readonly stance: Message;
  readonly tone: Tone;
  /** For a finding: its title, its place on the page and where it was seen. */
  readonly title: Text | null;
  readonly anchor: string | null;
  readonly target: string | null;
  /** For a verification. */
  readonly verified: { readonly by: string; readonly document: string } | null;
  /** An instant, or a day. */
  readonly instant: string | null;
  readonly day: string | null;
  readonly claim: ClaimDay | null;
};

/** The day of the claim beside it, null where it bears none. */
type ClaimDay = { readonly on: string | null };

/** The word for one layer, why, and everything beside the claim. */
export type LayerStatusView = {
  readonly mark: Mark;
  readonly because: readonly Message[];
  /** Empty where the layer is not claimed: everything would be missing. */
  readonly missing: readonly GapView[];
  readonly refused: readonly GapView[];
  readonly stale: readonly (GapView & { readonly on: string; readonly said: Message })[];
  readonly evidence: readonly EvidenceView[];
  readonly more: number;
  /** Findings that saw nothing against the claim: counted, not listed. */
  readonly passes: number;
  readonly due: readonly {
    readonly activity: Message;
    readonly last: string | null;
    readonly next: string | null;
    readonly overdue: Message | null;
    readonly every: Message;
    readonly later: boolean;
    readonly run: Message | null;
    readonly note: Text | null;
    readonly cite: string;
  }[];
  readonly detection: {
    readonly tone: Tone;
    readonly state: Message;
    readonly coverage: Message;
    readonly sentAt: string | null;
    readonly seenAt: string | null;
    readonly after: Message | null;
    readonly sources: string | null;
    readonly centres: string | null;
    readonly claim: ClaimDay | null;
  } | null;
};

const shown = 6;

/** Everything that the page shows of one layer's status. */
export function layerStatusView(index: ReportIndex, file: SystemFile, status: LayerStatus): LayerStatusView {
  const claimed = status.claim?.says === true;
  const listed = status.evidence.filter(({ kind, outcome }) => outcome !== 'pass' && kind !== 'detection');
  return {
    mark: layerMark(status.verdict),
    because: status.because.map((reason) => message(`layers.because-${reason}`)),
    missing: claimed ? status.missing.map(gapView) : [],
    refused: status.refused.map(gapView),
    stale: status.stale.map((gap) => ({
      ...gapView(gap),
      on: gap.on,
      said: message('layers.due.overdue', { days: gap.days }),
    })),
    evidence: listed.slice(0, shown).map((row) => evidenceView(index, file, row, status.claim !== null)),
    more: Math.max(0, listed.length - shown),
    passes: claimed ? status.evidence.filter(({ outcome }) => outcome === 'pass').length : 0,
    due: status.due.map((due) => ({
      activity: message(`layers.activity-${due.activity}`),
      last: due.last,
      next: due.next,
      overdue: (due.overdueDays ?? 0) > 0 ? message('layers.due.overdue', { days: due.overdueDays ?? 0 }) : null,
      every: message('layers.due.months', { months: due.months }),
      later: !due.binding,
      run: due.run === undefined ? null : message('layers.due.run', { ...due.run, run: due.run.id }),
      note: due.note ?? null,
      cite: citeText(due.cite),
    })),
    detection: detectionView(status),
  };
}

function gapView({ field, cite }: LayerGap): GapView {
  return { field: message(`layers.field-${field}`), cite: citeText(cite) };
}

function citeText({ instrument, clause }: Citation): string {
  return clause === undefined ? instrument : `${clause}, ${instrument}`;
}

const stanceTones = { for: 'met', against: 'contradicted', beside: 'manual' } as const;

function evidenceView(index: ReportIndex, file: SystemFile, row: LayerEvidence, claimed: boolean): EvidenceView {
  const isDay = row.at.length === 10;
  const found = file.findings.find(({ check, target }) => check === row.check && target === row.target);
  const title =
    row.check === undefined ? null : (index.checks.get(row.check)?.title ?? { vi: row.check, en: row.check });
  return {
    stance: message(`layers.stance-${row.stance}`),
    tone: stanceTones[row.stance],
    title,
    anchor: found === undefined ? null : findingAnchors(file)(found),
    target: row.target ?? null,
    verified: row.kind === 'verification' ? { by: row.by ?? '', document: row.document ?? '' } : null,
    instant: isDay ? null : row.at,
    day: isDay ? row.at : null,
    claim: claimed ? { on: row.claimOn } : null,
  };
}

const stateTones = {
  noticed: 'met',
  partly: 'not-met',
  'not-noticed': 'not-met',
  'no-return': 'unproven',
  'not-sent': 'unproven',
} as const;

function detectionView({ detection, claim }: LayerStatus): LayerStatusView['detection'] {
  if (detection === null) return null;
  const { state, coverage, sentAt, seenAt, delaySeconds, sources, centres } = detection;
  return {
    tone: stateTones[state],
    state: message(`layers.detection.state-${state}`),
    coverage: message('layers.detection.coverage', coverage),
    sentAt,
    seenAt,
    after: delaySeconds === null ? null : message('layers.detection.after', { seconds: delaySeconds }),
    sources: sources.length === 0 ? null : sources.join(', '),
    centres: centres.length === 0 ? null : centres.join(', '),
    claim: claim === null ? null : { on: claim.on },
  };
}

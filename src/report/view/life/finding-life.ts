import type { Check } from '../../../model/check.ts';
import { dayOf } from '../../../model/day.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { Due } from '../../../model/track/due.ts';
import type { TrackState } from '../../../model/track/state.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import { severityWord } from '../actions.ts';
import type { Mark } from '../mark.ts';
import { historyLines, type HistoryLine } from './history-line.ts';
import type { LifeIndex } from './life-index.ts';
import { stripView, type StripAxis, type StripView } from './strip.ts';

/** A day something is due and the text that makes it so. */
export type DueView = {
  readonly on: string;
  readonly source: Text;
  /** `TCVN 14423:2026, 7.2`; null for a convention of ours, which its source says it is. */
  readonly place: string | null;
};

/** The life of one finding. */
export type FindingLife = {
  readonly anchor: string;
  /** Where the same page shows it as this run saw it; null where this run has nothing of it. */
  readonly seenAt: string | null;
  readonly title: Text;
  readonly target: string;
  readonly severity: Message;
  readonly state: Mark;
  readonly strip: StripView;
  readonly firstSeen: string;
  readonly ageDays: number;
  readonly lastFailed: string;
  readonly due: DueView | null;
  readonly daysLate: number;
  /** A directive whose day was over before the finding was first seen. */
  readonly passed: DueView | null;
  readonly word: {
    readonly word: Message;
    readonly at: string;
    readonly by: string;
    readonly document: string | null;
  } | null;
  readonly aside: {
    readonly until: string;
    readonly reason: string;
    readonly document: string | null;
    readonly requestedBy: string;
    readonly approvedBy: string;
  } | null;
  readonly recurrences: number;
  readonly refuted: number;
  readonly history: readonly HistoryLine[];
  readonly earlier: number;
};

/** Place of a finding's life on its system's page. */
export function lifeAnchor(id: string): string {
  return `vong-doi-${id}`;
}

const tones: Readonly<Record<TrackState, Mark['tone']>> = {
  new: 'not-met',
  open: 'not-met',
  'in-progress': 'not-met',
  reopened: 'not-met',
  // Said, not seen.
  'claimed-fixed': 'unproven',
  'not-seen-lately': 'unproven',
  'fixed-verified': 'met',
  waived: 'waived',
  'false-positive': 'waived',
  'gone-with-endpoint': 'not-applicable',
};

/** The mark of a state; a claim of a fix looks as unproven as it is. */
function stateMark(state: TrackState): Mark {
  return { tone: tones[state], word: message(`track.state.${state}`) };
}

/** Decides everything that the life of one finding shows. */
export function findingLife(
  { life, state, ageDays, due, passed, daysLate, asideUntil }: TrackedFinding,
  { track }: LifeIndex,
  axis: StripAxis,
  check: Pick<Check, 'title'>,
  seenAt: string | null,
): FindingLife {
  const { lines, earlier } = historyLines(track.history.get(life.id) ?? []);
  const { word, aside } = life;
  const [directive] = passed.filter(({ rule }) => rule === 'directive');
  return {
    anchor: lifeAnchor(life.id),
    seenAt,
    title: check.title,
    target: life.target,
    severity: severityWord(life.severity),
    state: stateMark(state),
    strip: stripView(track.strips.get(life.id) ?? [], axis),
    firstSeen: dayOf(life.bornAt),
    ageDays,
    lastFailed: dayOf(life.failedAt),
    due: due === undefined ? null : dueView(due),
    daysLate,
    passed: directive === undefined ? null : dueView(directive),
    word:
      word === undefined
        ? null
        : { word: message(`track.state.${word.word}`), at: word.at, by: word.by, document: word.document ?? null },
    aside:
      aside === undefined || asideUntil === undefined
        ? null
        : {
            until: asideUntil,
            reason: aside.reason,
            document: aside.document === '' ? null : aside.document,
            requestedBy: aside.requestedBy,
            approvedBy: aside.approvedBy,
          },
    recurrences: life.recurrences,
    refuted: life.refuted,
    history: lines,
    earlier,
  };
}

/** A due day as shown. */
export function dueView({ on, source, instrument, clause }: Due): DueView {
  const place = [instrument, clause].filter((part) => part !== undefined).join(', ');
  return { on, source, place: place === '' ? null : place };
}

import { message, type Message } from '../../../model/text.ts';
import type { HistoryRecord } from '../../../model/track/history.ts';

/** One record of a finding's history: when, who, what, by which document. */
export type HistoryLine = {
  readonly at: string;
  /** Null where the program itself concludes. */
  readonly by: string | null;
  readonly document: string | null;
  readonly what: Message;
  /** From one state, or severity, to another. */
  readonly from: Message | null;
  readonly to: Message | null;
  /** From one name to another, as they stand. */
  readonly renamed: { readonly from: string; readonly to: string } | null;
  readonly because: Message | null;
  /** What somebody wrote. */
  readonly text: string | null;
  readonly until: string | null;
  readonly approvedBy: string | null;
};

const empty = { from: null, to: null, renamed: null, because: null, text: null, until: null, approvedBy: null };

/** Most lines of one finding: the last ones. */
const most = 20;

/** The last records of a finding, oldest first, and how many came before. */
export function historyLines(all: readonly HistoryRecord[]): {
  readonly lines: readonly HistoryLine[];
  readonly earlier: number;
} {
  const records = all.filter(tells);
  return { lines: records.slice(-most).map(lineOf), earlier: Math.max(0, records.length - most) };
}

/** The birth says what the first state says, and what follows from somebody's word stands in that word. */
function tells({ event }: HistoryRecord): boolean {
  return (
    event.kind !== 'born' && !(event.kind === 'state' && (event.because === 'said' || event.because === 'set-aside'))
  );
}

function lineOf({ at, by, document, event }: HistoryRecord): HistoryLine {
  const who = {
    at,
    by: by === 'rasoat' ? null : by,
    document: document === undefined || document === '' ? null : document,
  };
  const line = (what: string, more: Partial<HistoryLine> = {}): HistoryLine => ({
    ...who,
    ...empty,
    what: message(`life.event.${what}`),
    ...more,
  });
  const state = (one: string | null) => message(`track.state.${one ?? 'none'}`);
  switch (event.kind) {
    case 'born':
      return line('born');
    case 'moved':
    case 'renamed':
      return line(event.kind, { renamed: { from: event.from, to: event.to } });
    case 'weighed':
      return line('weighed', {
        from: message(`words.severity.${event.from}`),
        to: message(`words.severity.${event.to}`),
      });
    case 'said':
      return line('said', { to: state(event.word), text: event.note ?? null });
    case 'set-aside':
      return line('set-aside', {
        to: state(event.as),
        text: event.reason,
        until: event.until,
        approvedBy: event.approvedBy,
      });
    case 'asked':
      return line('asked', {
        to: message(`answers.asked.${event.as}`),
        text: event.reason,
        until: event.until ?? null,
      });
    case 'attached':
      return line('attached', { text: event.name });
    case 'task':
      return line('task', { text: Object.values(event.words).join('; ') });
    case 'state':
      return line('state', {
        from: state(event.from),
        to: state(event.to),
        because: message(`track.because.${event.because}`),
      });
    case 'set-aside-ended':
      return line('set-aside-ended', { because: message(`track.ended.${event.because}`), until: event.on });
    case 'run':
      return line('run');
  }
}

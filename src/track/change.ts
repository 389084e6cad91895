import { dayOf, isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life, SetAsideAs, TaskWords } from '../model/track/life.ts';
import type { OwnerWord } from '../model/track/state.ts';
import { plusDays } from './calendar.ts';
import { defaultAsideDays } from './settings.ts';
import { asideOn, stateOn } from './state.ts';

/** Who changes a finding, when and by which document. */
export type Hand = { readonly by: string; readonly at: string; readonly document?: string };

/**
 * What an owner says of a finding: under way, mended, or (`open`) neither after all, which also takes a waiver or a false
 * alarm back. Throws UserError where its state has no room for that. Pure.
 */
export function say(life: Life, word: OwnerWord | 'open', hand: Hand, note?: string): HistoryEntry {
  const { by, at, document } = hand;
  const state = stateOn(life, dayOf(at));
  const closed = state === 'fixed-verified' || state === 'gone-with-endpoint';
  const aside = asideOn(life, dayOf(at)) !== undefined;
  const nothing = word === 'open' && life.word === undefined && life.request === undefined && !aside;
  if (closed || (aside && word !== 'open') || nothing) throw refused('track.refused', refusal(life, state, word));
  return {
    at,
    by,
    ...(document === undefined ? {} : { document }),
    event: { kind: 'said', finding: life.id, word, ...(note === undefined ? {} : { note }) },
  };
}

export type AsideRequest = {
  readonly as: SetAsideAs;
  readonly reason: string;
  readonly document: string;
  readonly approvedBy: string;
  /** Last day; absent: 365 days on, 90 for what is critical. */
  readonly until?: string;
};

/** Sets a finding aside for the evidence it shows now. Throws UserError with everything that is missing. Pure. */
export function putAside(life: Life, request: AsideRequest, hand: Hand): HistoryEntry {
  const { as, approvedBy } = request;
  const from = dayOf(hand.at);
  const until = request.until ?? plusDays(from, defaultAsideDays(life.severity));
  const reason = request.reason.trim();
  const document = request.document.trim();
  const state = stateOn(life, from);
  const problems = [
    ...(reason === '' ? [message('track.reason-missing')] : []),
    ...(document === '' ? [message('track.document-missing')] : []),
    ...(plain(approvedBy) === '' ? [message('track.approver-missing')] : []),
    ...(plain(approvedBy) !== '' && [hand.by, life.request?.by ?? ''].map(plain).includes(plain(approvedBy))
      ? [message('track.same-approver', { name: approvedBy })]
      : []),
    ...(!isDay(until) ? [message('track.bad-day', { day: until })] : []),
    ...(isDay(until) && until < from ? [message('track.past-day', { day: until })] : []),
    ...(state === 'fixed-verified' || state === 'gone-with-endpoint'
      ? [message('track.refused', refusal(life, state, as))]
      : []),
  ];
  if (problems.length > 0) throw new UserError(problems.map((one) => ({ message: one })));
  const { evidence } = life;
  const aside = { as, reason, document, requestedBy: hand.by, approvedBy, from, until, evidence };
  return { at: hand.at, by: hand.by, document, event: { kind: 'set-aside', finding: life.id, ...aside } };
}

/** Writes down who does what for a finding: those of the six "rõ" that are given. Throws UserError on a day that is none. */
export function assign(life: Life, words: TaskWords, { by, at, document }: Hand): HistoryEntry {
  if (words.time !== undefined && !isDay(words.time)) throw refused('track.bad-day', { day: words.time });
  if (words.time !== undefined && document === undefined) throw refused('track.document-missing', {});
  return {
    at,
    by,
    ...(document === undefined ? {} : { document }),
    event: { kind: 'task', finding: life.id, words },
  };
}

/** Selectors of ICU sentences hold no hyphen. */
function refusal({ id }: Life, state: string, word: string): Record<string, string> {
  return { finding: id, state: state.replaceAll('-', '_'), word: word.replaceAll('-', '_') };
}

function refused(key: string, params: Record<string, string>): UserError {
  return new UserError([{ message: message(key, params) }]);
}

/** One spelling of a name: the same person written twice is no second approver. */
function plain(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');
}

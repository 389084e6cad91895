import { dayOf, isDay } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import type { Asked, AskedFor, Attachment, FromSheet, PendingRequest } from '../model/track/answer.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import { plusDays } from './calendar.ts';
import type { Hand } from './change.ts';
import { defaultAsideDays } from './settings.ts';
import { asideOn, stateOn } from './state.ts';

export type Request = {
  readonly as: AskedFor;
  readonly reason: string;
  readonly until?: string;
  readonly sheet?: FromSheet;
};

/** The last day that may be asked for: 365 days on, 90 for what is critical. Pure. */
export function lastDayToAsk(life: Pick<Life, 'severity'>, day: string): string {
  return plusDays(day, defaultAsideDays(life.severity));
}

/**
 * What an owner asks for, to be decided by another person: it changes no state. Throws UserError with everything that is missing, or
 * where there is nothing left to ask. Pure.
 */
export function ask(life: Life, { as, reason: said, until, sheet }: Request, hand: Hand): HistoryEntry {
  const day = dayOf(hand.at);
  const state = stateOn(life, day);
  const reason = said.trim();
  const most = lastDayToAsk(life, day);
  const closed = state === 'fixed-verified' || state === 'gone-with-endpoint' || asideOn(life, day) !== undefined;
  const problems: Message[] = [
    ...(closed ? [message('answers.refused.closed', { state: state.replaceAll('-', '_') })] : []),
    ...(reason === '' ? [message('answers.refused.reason')] : []),
    ...(as !== 'not-ours' && (hand.document ?? '').trim() === '' ? [message('answers.refused.document')] : []),
    ...(as === 'waived' && until === undefined ? [message('answers.refused.until')] : []),
    ...(until !== undefined && !isDay(until) ? [message('answers.refused.bad-day', { day: until })] : []),
    ...(until !== undefined && isDay(until) && until < day
      ? [message('answers.refused.until-past', { day: until })]
      : []),
    ...(until !== undefined && isDay(until) && until > most
      ? [message('answers.refused.until-far', { day: until, most })]
      : []),
  ];
  if (problems.length > 0) throw new UserError(problems.map((one) => ({ message: one })));
  const asked: Asked = {
    as,
    reason,
    ...(until === undefined ? {} : { until }),
    evidence: life.evidence,
    openedAt: life.openedAt,
    ...(sheet === undefined ? {} : { sheet }),
  };
  return entryOf(hand, { kind: 'asked', finding: life.id, ...asked });
}

/** What an owner shows for a finding. Pure. */
export function attach(life: Life, attachment: Attachment, hand: Hand, sheet?: FromSheet): HistoryEntry {
  return entryOf(hand, {
    kind: 'attached',
    finding: life.id,
    ...attachment,
    ...(sheet === undefined ? {} : { sheet }),
  });
}

/** A life with a request in it. Pure. */
export function asked(life: Life, { at, by, document }: HistoryEntry, event: Asked): Life {
  const { as, reason, until, evidence, openedAt, sheet } = event;
  const request: PendingRequest = {
    as,
    reason,
    ...(until === undefined ? {} : { until }),
    evidence,
    openedAt,
    ...(sheet === undefined ? {} : { sheet }),
    at,
    by,
    ...(document === undefined ? {} : { document }),
  };
  return { ...life, request };
}

/**
 * The request that waits for a decision on a day: one that was made about this trouble and this evidence, whose last day is not
 * over. Pure.
 */
export function pendingRequest(life: Life, day: string): PendingRequest | undefined {
  const { request } = life;
  if (request === undefined || life.phase === 'fixed' || life.gone || asideOn(life, day) !== undefined)
    return undefined;
  const same = request.evidence === life.evidence && request.openedAt === life.openedAt;
  return same && (request.until === undefined || day <= request.until) ? request : undefined;
}

function entryOf({ at, by, document }: Hand, event: HistoryEntry['event']): HistoryEntry {
  return { at, by, ...(document === undefined ? {} : { document }), event };
}

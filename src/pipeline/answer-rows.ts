import { answerKey, codeOf, versionOf } from '../answers/digest.ts';
import { judgeAnswer } from '../answers/judge.ts';
import type { Refusal } from '../answers/answer.ts';
import type { AnswerWord } from '../answers/words.ts';
import { dayOf } from '../model/day.ts';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import type { Attachment } from '../model/track/answer.ts';
import type { AnswerSheet } from '../model/track/answer-sheet.ts';
import type { HistoryEntry } from '../model/track/history.ts';
import type { Life } from '../model/track/life.ts';
import type { TrackState } from '../model/track/state.ts';
import { lastDayToAsk } from '../track/ask.ts';
import { applyEntry } from '../track/fold.ts';
import { stateOn } from '../track/state.ts';
import { entriesOf } from './answer-entries.ts';
import type { PreparedRow } from './answer-evidence.ts';

/** What became of one row. */
export type RowResult = {
  /** `sheet!cell` or `file:line`. */
  readonly row: string;
  readonly finding: string | null;
  readonly answer: AnswerWord | null;
  readonly result: 'accepted' | 'refused' | 'unchanged';
  /** Why not; or what there is to say of what was accepted. */
  readonly reasons: readonly Message[];
  readonly attachments: readonly Attachment[];
  /** Where the finding stands after it; null where there is none such. */
  readonly state: TrackState | null;
};

export type RowTaking = {
  readonly sheet: AnswerSheet;
  readonly systems: ReadonlySet<string>;
  /** Changed as rows are taken. */
  readonly lives: Map<string, Life>;
  /** Answers that the history holds already, and since when. */
  readonly answered: ReadonlyMap<string, string>;
  readonly today: string;
  readonly at: string;
  readonly by?: string;
  readonly document?: string;
};

type Taken = { readonly result: RowResult; readonly entries: readonly HistoryEntry[] };

/** Decides row after row; one that is accepted is in `lives` before the next. */
export function createRowTaker(taking: RowTaking): (prepared: PreparedRow) => Taken {
  const { sheet, lives, answered, today, by, document } = taking;
  const sent = new Map(sheet.rows.map((row) => [row.finding, row]));
  const seen = new Map<string, string>();
  return (prepared) => {
    const { row, answer, attachments, refusals } = prepared;
    const id = row.shown.finding;
    const life = lives.get(id);
    const end = (
      result: RowResult['result'],
      why: readonly Refusal[],
      entries: readonly HistoryEntry[] = [],
    ): Taken => ({
      result: {
        row: row.fault?.place ?? row.place(why[0]?.column),
        finding: id === '' ? null : id,
        answer: answer?.answer ?? null,
        result,
        reasons: why.map((one) => one.message),
        attachments: result === 'accepted' ? attachments : [],
        state: life === undefined ? null : stateOn(lives.get(id) ?? life, today),
      },
      entries,
    });
    const refuse = (key: string, params?: Record<string, string | number>): Taken =>
      end('refused', [{ column: 'finding', message: message(`answers.refused.${key}`, params) }]);
    if (row.fault !== undefined) return end('refused', [row.fault]);
    if (id === '') return refuse('no-finding');
    if (life === undefined) return refuse('unknown-finding', { id: id.slice(0, 40) });
    if (!taking.systems.has(life.system)) return refuse('other-owner', { organisation: sheet.organisation });
    const told = sent.get(id);
    if (told === undefined) return refuse('not-in-sheet');
    const first = seen.get(id);
    if (first !== undefined) return refuse('twice', { first });
    seen.set(id, row.place());
    const code = codeOf(sheet.id, row.shown, told.version);
    if (code !== told.code || row.code !== told.code) return refuse('altered');
    const blank = answer === undefined && refusals.length === 0;
    if (blank) return end('unchanged', [{ message: message('answers.unchanged.blank') }]);
    if (told.closed) return refuse('closed-row');
    if (answer === undefined) return end('refused', refusals);
    const key = answerKey(
      sheet.id,
      id,
      answer,
      attachments.map(({ sha256, name }) => sha256 ?? name),
    );
    const day = answered.get(key);
    if (day !== undefined) return end('unchanged', [{ message: message('answers.unchanged.recorded', { day }) }]);
    const gone = staleReason(life, taking, told.version);
    if (gone !== undefined) return end('refused', [{ message: gone }]);
    const known = {
      today,
      since: dayOf(life.openedAt),
      most: lastDayToAsk(life, today),
      ...(by === undefined ? {} : { by }),
      ...(document === undefined ? {} : { document }),
    };
    const broken = [...judgeAnswer(answer, known), ...refusals];
    if (broken.length > 0) return end('refused', broken);
    const given = attempt(() => entriesOf(life, answer, attachments, { ...taking, key }));
    if ('refusals' in given) return end('refused', given.refusals);
    const entries = given.entries.flatMap((entry) => [
      entry,
      ...applyEntry(lives, entry).map((event): HistoryEntry => ({ at: entry.at, by: 'rasoat', event })),
    ]);
    return end('accepted', remarks(life, answer.fixedOn), entries);
  };
}

/** What the tracker itself refuses ends one row, not the file. */
function attempt(
  make: () => readonly HistoryEntry[],
): { readonly entries: readonly HistoryEntry[] } | { readonly refusals: readonly Refusal[] } {
  try {
    return { entries: make() };
  } catch (error) {
    if (error instanceof UserError) return { refusals: error.problems.map((one) => ({ message: one.message })) };
    throw error;
  }
}

/** Why a finding takes no answer of this sheet any more. */
function staleReason(life: Life, { sheet, today }: RowTaking, version: string): Message | undefined {
  const state = stateOn(life, today);
  if (state === 'fixed-verified') return message('answers.refused.proven-fixed');
  if (state === 'gone-with-endpoint') return message('answers.refused.gone');
  if (state === 'waived' || state === 'false-positive') return message('answers.refused.set-aside');
  if (versionOf(life) !== version) return message('answers.refused.stale');
  const since = (said: { readonly at: string; readonly sheet?: unknown } | undefined, from: string | undefined) =>
    said !== undefined && said.at > sheet.at && from !== sheet.id;
  if (since(life.word, life.word?.sheet) || since(life.request, life.request?.sheet?.sheet)) {
    return message('answers.refused.said-since');
  }
  return undefined;
}

/** A fix dated before the last time that it was seen failing is taken, for the next run decides; but it is told. */
function remarks({ failedAt }: Life, fixedOn: string | undefined): readonly Refusal[] {
  const failed = dayOf(failedAt);
  if (fixedOn === undefined || fixedOn >= failed) return [];
  return [{ message: message('answers.remark.seen-since', { day: failed }) }];
}

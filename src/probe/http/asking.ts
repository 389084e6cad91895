import { FailureError, failure, type Failure, type FailureCode } from '../../model/failure.ts';
import { type Answer, type AnswerLimits, getAnswer } from './answer.ts';
import type { Budget } from './budget.ts';
import { openConnection, type Connection, type ConnectionContext, type Place } from './connection.ts';
import { failureOf } from './failures.ts';
import { refusalOf, type StandIn } from './refusal.ts';
import { NoNameError } from './scope.ts';
import type { Ask, Asked, Question } from './web-part.ts';

export type AskingContext = ConnectionContext & {
  readonly budget: Budget;
  readonly limits: AnswerLimits;
  /** Null: out of scope. Throws FailureError `dns`. */
  readonly placeOf: (url: URL) => Promise<Place | null>;
  readonly standIn?: StandIn;
};

/** Sends one request at one place. Throws FailureError, LeftOutError when the budget has no room. */
export type Send = (question: Question, place: Place) => Promise<Answer>;

/** The request was not sent: no room in the budget, or no time. */
class LeftOutError extends FailureError {
  constructor({ code, detail }: Failure) {
    super(code, detail);
    this.name = 'LeftOutError';
  }
}

/** Requests sent a second time, with the forgiving parser, in one observation. */
const maxRepeats = 2;
/** Questions in a row that found nobody, after which no more is asked. */
const maxSilence = 3;

/** Failures by which the endpoint, rather than we or a resolver, gave no answer. */
const silent: ReadonlySet<FailureCode> = new Set<FailureCode>(['timeout', 'unreachable', 'refused', 'tls', 'protocol']);

/** Everything an observation sends goes out through this, so that one budget counts it all. */
export function createSend(context: AskingContext): Send {
  const { wire, signal, limits, budget } = context;
  let repeats = 0;
  return (question, place) =>
    getAnswer({
      url: question.url,
      method: question.method ?? 'GET',
      signal,
      limits: { ...limits, maxBodyBytes: question.maxBodyBytes ?? limits.maxBodyBytes },
      headers: { ...usualHeaders(wire.userAgent), ...question.headers },
      open: () => openInTurn(context, () => openConnection(question.url, place, context)),
      wantsCertificate: question.wantsCertificate ?? false,
      wantsBody: question.wantsBody ?? (() => true),
      mayRepeat: () => budget.spent() === null && (repeats += 1) <= maxRepeats,
    });
}

async function openInTurn({ budget, signal }: AskingContext, open: () => Promise<Connection>): Promise<Connection> {
  const turn = await budget.turn(signal);
  if (turn === null) throw new LeftOutError(budget.spent() ?? failure('timeout', 'no time was left'));
  try {
    const connection = await open();
    turn.sent();
    return {
      ...connection,
      close: () => {
        connection.close();
        turn.over();
      },
    };
  } catch (error) {
    turn.over();
    throw error;
  }
}

/** Asks questions beyond the chains; what is answered, left out or failed is said, never thrown. */
export function createAsk(context: AskingContext, send: Send): Ask {
  const { budget, signal } = context;
  let silence = 0;

  async function ask(question: Question): Promise<Asked> {
    try {
      const place = question.place ?? (await context.placeOf(question.url));
      if (place === null) return outOfScope(question.url);
      const answer = await send(question, place);
      silence = 0;
      const refusal = refusalOf(question.url, place.address, answer, context.standIn);
      if (refusal !== null) budget.stop(refusal);
      return { outcome: 'answer', address: place.address, answer };
    } catch (error) {
      if (error instanceof LeftOutError) return { outcome: 'left-out', failure: error.failure };
      if (error instanceof NoNameError) return { outcome: 'failed', failure: error.failure, noName: true };
      const failed = failureOf(error, signal);
      if (question.place === undefined && silent.has(failed.code)) silence += 1;
      if (silence === maxSilence) budget.stop(failure(failed.code, `${maxSilence} questions in a row had no answer`));
      return { outcome: 'failed', failure: failed };
    }
  }
  return ask;
}

function outOfScope(url: URL): Asked {
  return { outcome: 'failed', failure: failure('not-permitted', `no authorisation covers ${url.origin}`) };
}

function usualHeaders(userAgent: string): Readonly<Record<string, string>> {
  return {
    'User-Agent': userAgent,
    Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
    'Accept-Language': 'vi,en;q=0.5',
    'Accept-Encoding': 'identity',
  };
}

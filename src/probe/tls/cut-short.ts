import type { TlsFacts } from '../../model/facts/tls.ts';
import { failureCodes, FailureError, type FailureCode } from '../../model/failure.ts';
import type { Dial } from './exchange.ts';

/** A dial whose questions without an answer are counted, and the count as a fact. */
export type CountedDial = { readonly dial: Dial; readonly cutShort: () => TlsFacts['cutShort'] };

const most = 10_000;

/** Counts connections that were not had, answers that did not come in time, and what the end of the run cut off. */
export function countedDial(dial: Dial): CountedDial {
  const counts = new Map<FailureCode, number>();
  const unanswered = (code: FailureCode) => {
    counts.set(code, Math.min(most, (counts.get(code) ?? 0) + 1));
  };
  const connect = async () => {
    try {
      return await dial.connect();
    } catch (error) {
      if (error instanceof FailureError) unanswered(error.failure.code);
      else if (dial.signal.aborted) unanswered('not-run');
      throw error;
    }
  };
  return {
    dial: { ...dial, connect, unanswered },
    cutShort: () => {
      const codes = failureCodes.filter((code) => counts.has(code));
      return codes.length === 0 ? undefined : codes.map((code) => ({ code, questions: counts.get(code) ?? 0 }));
    },
  };
}

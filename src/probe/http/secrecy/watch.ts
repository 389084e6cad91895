import { createHash } from 'node:crypto';
import type { Chain } from '../../../model/facts/http.ts';
import type { SecrecyMark } from '../../../model/facts/web-paths.ts';
import { FailureError, failure, type Failure } from '../../../model/failure.ts';
import type { Iso } from '../../../model/observation.ts';
import type { Answer } from '../answer.ts';
import type { Send } from '../asking.ts';
import type { Budget } from '../budget.ts';
import { firstHeader } from '../headers.ts';
import { inflate } from '../inflate.ts';
import { bodyBearsMark } from './in-body.ts';

/** Looks into every body of one observation, and ends it at the first that bears a state-secrecy mark. */
export type MarkWatch = {
  /** The same sending, whose answer is thrown away when its body bears a mark. */
  readonly guard: (send: Send) => Send;
  /** That a mark was seen; null while none was. */
  readonly seen: () => SecrecyMark | null;
};

export type MarkWatchOptions = {
  readonly budget: Pick<Budget, 'stop'>;
  readonly now: () => Iso;
  readonly maxBytes: number;
};

/** Says nothing of the document, not even where it lies. */
const stopped = (): Failure => failure('not-run', 'asking ended at a document that bears a state-secrecy mark');

export function createMarkWatch({ budget, now, maxBytes }: MarkWatchOptions): MarkWatch {
  let mark: SecrecyMark | null = null;
  return {
    seen: () => mark,
    guard: (send) => async (question, place) => {
      const answer = await send(question, place);
      if (mark === null && !(await bearsMark(answer, maxBytes))) return answer;
      mark ??= { at: now(), pathHash: createHash('sha256').update(question.url.pathname).digest('hex') };
      budget.stop(stopped());
      const { code, detail } = stopped();
      throw new FailureError(code, detail);
    },
  };
}

async function bearsMark({ body, rawHeaders }: Answer, maxBytes: number): Promise<boolean> {
  if (body.length === 0) return false;
  const encoding = firstHeader(rawHeaders, 'content-encoding') ?? 'identity';
  const clear = encoding.toLowerCase() === 'identity' ? body : (await inflate(body, encoding, maxBytes))?.bytes;
  return clear !== undefined && bodyBearsMark(clear, firstHeader(rawHeaders, 'content-type') ?? null);
}

/** A chain that a mark ended keeps nothing but its start: the way there may name the document. */
export function withoutWay(chain: Chain | null): Chain | null {
  return chain === null ? null : { start: chain.start, hops: [], end: 'failed', failure: stopped() };
}

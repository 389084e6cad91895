import { failure, FailureError, type Failure } from '../../model/failure.ts';
import { classify } from '../classify.ts';

/**
 * What the target did, from what an exchange threw. A reset of a connection that had been opened is `protocol`:
 * `refused` is kept for a port that does not accept connections at all, because that is evidence. Our own bugs are
 * thrown again.
 */
export function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return stopped(signal.reason);
  if (error instanceof FailureError) return error.failure;
  const code = codeOf(error);
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return failure('protocol', 'the connection was reset before an answer');
  const known = classify(error);
  if (known.code === 'bug') throw error;
  return known;
}

/** Why the run stopped us: its deadline, its own Failure, or a user's stop. */
function stopped(reason: unknown): Failure {
  if (reason instanceof FailureError) return reason.failure;
  if (reason instanceof DOMException && reason.name === 'TimeoutError')
    return failure('timeout', 'deadline of the target');
  return failure('not-run', 'stopped');
}

/** The `code` that Node and undici put on their errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

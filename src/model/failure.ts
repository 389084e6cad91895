import { Type, type Static } from '@sinclair/typebox';
import { oneOf, text } from './schema.ts';

/**
 * Why nothing was seen. Closed: a new code is a new word in the catalogue (`failure.<code>`).
 *
 * - `dns` the name has no address, or the resolver did not answer
 * - `refused` the port answered with a reset
 * - `unreachable` no route, or the host says so
 * - `timeout` no answer in the time allowed
 * - `tls` a TLS alert or a handshake that could not be completed
 * - `protocol` an answer that is not the protocol spoken
 * - `blocked` an answer by something in front of the system (login wall, rate limit, filter)
 * - `too-large` an answer over the size we are willing to keep
 * - `tool-missing` an outside program is not installed or did not run
 * - `not-permitted` no authorisation covers this address, port, time and zone; no packet was sent
 * - `not-run` the run ended before this was tried
 * - `undecided` an answer was seen and does not say enough: a version not told, a product our dated tables do not know
 * - `feed-old` the dated data that would decide is past its limit, or is not here
 * - `control` a server of our own, whose state is known, was misread or not read in the same run: nothing read that way counts
 * - `bug` our own fault; the trace is kept
 */
export const failureCodes = [
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'tls',
  'protocol',
  'blocked',
  'too-large',
  'tool-missing',
  'not-permitted',
  'not-run',
  'undecided',
  'feed-old',
  'control',
  'bug',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export const failureSchema = Type.Object(
  {
    code: oneOf(failureCodes),
    /** For an engineer; may quote the target, so it is escaped wherever it is shown. */
    detail: text(2000),
    retryable: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Failure = Readonly<Static<typeof failureSchema>>;

const retryableCodes: ReadonlySet<FailureCode> = new Set(['dns', 'timeout', 'unreachable', 'not-run']);

/** A Failure with its detail cut to the stored size. */
export function failure(code: FailureCode, detail: string): Failure {
  return { code, detail: detail.slice(0, 2000), retryable: retryableCodes.has(code) };
}

/** Why a target was not come to in time; what comes to words of a run's end goes by it. */
export const deadlineCameFirst = "the run's deadline came first";

/** Carries a Failure through code that throws; `probe/classify.ts` turns everything else thrown into one. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'FailureError';
    this.failure = failure(code, detail);
  }
}

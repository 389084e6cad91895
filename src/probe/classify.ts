import { FailureError, failure, type Failure, type FailureCode } from '../model/failure.ts';

const byErrno: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  EPIPE: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  // This machine is short of something; that says nothing of the target.
  EMFILE: 'not-run',
  ENFILE: 'not-run',
  ENOBUFS: 'not-run',
  ENOMEM: 'not-run',
  EADDRNOTAVAIL: 'not-run',
  EPROTO: 'tls',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  UND_ERR_SOCKET: 'protocol',
};

/** Turns whatever a probe threw into a Failure, by codes and never by the text of a message. Unknown: our bug. */
export function classify(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const code = errorCode(error);
  const known = code === undefined ? undefined : (byErrno[code] ?? familyOf(code));
  if (known !== undefined) return failure(known, describe(error));
  return failure('bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function familyOf(code: string): FailureCode | undefined {
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls';
  if (code.startsWith('HPE_')) return 'protocol';
  return undefined;
}

function errorCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && (byErrno[code] ?? familyOf(code)) !== undefined) return code;
  }
  return undefined;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

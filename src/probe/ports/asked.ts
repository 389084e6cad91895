import { FailureError } from '../../model/failure.ts';
import type { Limits } from '../../model/permission.ts';
import type { Wire } from '../wire/wire.ts';
import type { ScanResult } from './connect-scan.ts';

/** What became of the ports of one address, and who asked. */
export type Asked = Omit<ScanResult, 'notPermitted'> & {
  readonly engine: 'nmap' | 'connect';
  readonly engineVersion?: string;
  /** How nmap asked. */
  readonly method?: Method;
};

/** Half handshakes or whole ones. */
export type Method = 'syn' | 'connect';

/** Both as one, by the engine of the second. */
export function joinAsked(first: Asked, rest: Asked): Asked {
  const both = (list: 'asked' | 'open' | 'closed' | 'silent' | 'unreachable') =>
    [...first[list], ...rest[list]].toSorted((a, b) => a - b);
  return {
    ...rest,
    asked: both('asked'),
    open: both('open'),
    closed: both('closed'),
    silent: both('silent'),
    unreachable: both('unreachable'),
  };
}

/** The limits of the first port that may be asked; throws `not-permitted` when none may. */
export function limitsAt(wire: Wire, address: string, ports: readonly number[], name: string | undefined): Limits {
  let reason = 'no port asked';
  for (const port of ports) {
    const permission = wire.permits(address, port, name);
    if (permission.allowed) return permission.limits;
    reason = permission.reason;
  }
  throw new FailureError('not-permitted', `${address}: ${reason}`);
}

export function noneAsked(address: string): FailureError {
  return new FailureError('not-permitted', `${address}: the permission ended before the first connection`);
}

export function stopped(signal: AbortSignal): FailureError {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return new FailureError(late ? 'timeout' : 'not-run', 'no port was asked before the stop');
}

import type { TLSSocket } from 'node:tls';
import { sslChecker } from 'ssl-checker';
import type { TlsFacts } from '../../model/facts/tls.ts';
import { onAbort } from '../wire/on-abort.ts';
import type { Dial } from './exchange.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

/** Name and version of the other reader. */
export const secondReader = 'ssl-checker 3.0.1';

/**
 * What ssl-checker makes of the certificate, by a HEAD request over a connection that we opened. Its own limits are not
 * relied on (its timeout counts idle time alone, and it can hang), so ours decides; undefined when it says nothing in time.
 */
export async function secondOpinion(
  dial: Dial,
  socket: TLSSocket,
  sni: string | undefined,
): Promise<TlsFacts['secondOpinion']> {
  const checked = sslChecker(sni ?? dial.address, {
    port: dial.port,
    method: 'HEAD',
    headers: { 'User-Agent': dial.wire.userAgent, Connection: 'close' },
    // Undefined displaces its own agent, which would open a connection past the guard.
    agent: undefined,
    createConnection: () => socket,
    timeout: dial.answerMs,
  }).then(
    (result) => ({
      reader: secondReader,
      valid: result.valid,
      notAfter: result.validTo,
      error: result.validationError === null ? null : result.validationError.slice(0, 300),
    }),
    () => undefined,
  );
  let stopWaiting: (() => void) | undefined;
  let release: (() => void) | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    stopWaiting = waitAtMost(dial.answerMs, () => {
      resolve(undefined);
    });
    release = onAbort(dial.signal, () => {
      resolve(undefined);
    });
  });
  try {
    return await Promise.race([checked, deadline]);
  } finally {
    stopWaiting?.();
    release?.();
  }
}

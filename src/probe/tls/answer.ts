import type { Alert } from './wire/alert.ts';
import type { ServerHello } from './wire/server-hello.ts';
import type { Sslv2Hello } from './wire/sslv2.ts';

/** What came back to one hello. Everything a stranger can send, or not send, is one of these. */
export type Answer =
  /** `chain` only when it was wanted and arrived in the clear. */
  | { readonly kind: 'hello'; readonly hello: ServerHello; readonly chain?: readonly Buffer[] }
  | { readonly kind: 'sslv2'; readonly hello: Sslv2Hello }
  /** A fatal alert. */
  | { readonly kind: 'alert'; readonly alert: Alert }
  /** Bytes that are no TLS; the first of them. */
  | { readonly kind: 'not-tls'; readonly sample: Buffer }
  /** TLS records whose content breaks the protocol. */
  | { readonly kind: 'malformed'; readonly why: string }
  /** The server ended the connection without an alert, by FIN or by reset. */
  | { readonly kind: 'closed'; readonly by: 'fin' | 'reset' }
  /** Nothing, or not enough, in the time allowed. */
  | { readonly kind: 'timeout' };

/** How the stream ended, when no answer was complete before. */
export type Ending = 'fin' | 'reset' | 'timeout';

/** Reads one server flight: bytes in, an answer out as soon as there is one. Pure; the socket is exchange.ts's. */
export type FlightReader = {
  readonly push: (bytes: Buffer) => Answer | undefined;
  /** What is known when nothing more will come. */
  readonly end: (ending: Ending) => Answer;
};

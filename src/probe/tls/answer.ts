import type { Alert } from './wire/alert.ts';
import type { ServerHello } from './wire/server-hello.ts';
import type { Sslv2Hello } from './wire/sslv2.ts';

/** What came back to one hello. Everything a stranger can send, or not send, is one of these. */
export type Answer =
  /** `chain` and `rest` only when they were wanted and arrived in the clear. */
  | {
      readonly kind: 'hello';
      readonly hello: ServerHello;
      readonly chain?: readonly Buffer[];
      readonly rest?: FlightRest;
    }
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

/** A ServerHello, and what of its flight was read. */
export type HelloAnswer = Extract<Answer, { kind: 'hello' }>;

/** The messages beside ServerHello and Certificate in a server's flight: their bodies as sent. */
export type FlightRest = {
  /** ServerKeyExchange (RFC 5246 section 7.4.3). */
  readonly keyExchange?: Buffer;
  /** CertificateStatus of the leaf (RFC 6066 section 8; in TLS 1.3 the extension of its entry, which has the same form). */
  readonly status?: Buffer;
  /** CertificateRequest (RFC 5246 section 7.4.4, RFC 8446 section 4.3.2: the forms differ). */
  readonly request?: Buffer;
  /** EncryptedExtensions of TLS 1.3. */
  readonly encrypted?: ReadonlyMap<number, Buffer>;
  /** Scheme of CertificateVerify, which comes after the Certificate in TLS 1.3. */
  readonly scheme?: number;
  /** ServerHelloDone came, or in TLS 1.3 the Certificate, so that a message not here was not sent. */
  readonly done: boolean;
};

/** How the stream ended, when no answer was complete before. */
export type Ending = 'fin' | 'reset' | 'timeout';

/** Reads one server flight: bytes in, an answer out as soon as there is one. Pure; the socket is exchange.ts's. */
export type FlightReader = {
  readonly push: (bytes: Buffer) => Answer | undefined;
  /** What is known when nothing more will come. */
  readonly end: (ending: Ending) => Answer;
};

import type { Socket } from 'node:net';
import { Client, errors, type Dispatcher } from 'undici';
import { FailureError } from '../../model/failure.ts';

/** The methods we send: none of them changes anything at the target (RFC 9110 §9.2.1). */
export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'TRACE';

/** One request, without a body, to be sent over a connection that is already open. */
export type ExchangeRequest = {
  readonly url: URL;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values of all headers together; over it the answer is given up. */
  readonly maxHeaderBytes: number;
};

/** Status and headers as they came: name, value, name, value, each byte one character (latin1). */
export type Head = { readonly status: number; readonly rawHeaders: readonly string[] };

/** Where an answer goes. `head` and `data` return whether more is wanted; a false ends the exchange. */
export type Sink = {
  readonly head: (head: Head) => boolean;
  readonly data: (chunk: Uint8Array) => boolean;
};

/** An answer began but does not keep to HTTP/1.1 (RFC 9112): a parser that forgives more may still read it. */
export class MalformedAnswerError extends FailureError {
  constructor(detail: string) {
    super('protocol', detail);
    this.name = 'MalformedAnswerError';
  }
}

/** Resolves at the end of the answer or when the sink has enough; rejects with what went wrong on the way. */
export type Exchange = (socket: Socket, request: ExchangeRequest, sink: Sink) => Promise<void>;

/**
 * The exchange by undici's strict HTTP/1.1 parser. It never opens a connection: it speaks over the one it is given, and
 * once only. No deadline of its own; the caller closes the socket.
 */
export const strictExchange: Exchange = async (socket, request, sink) => {
  const client = createClient(socket, request);
  try {
    await dispatch(client, request, sink);
  } finally {
    await client.destroy(over);
  }
};

/** One for all: an error made for every exchange would cost more than reading its answer. Nobody is shown it. */
const over = new Error('enough was read');

function createClient(socket: Socket, request: ExchangeRequest): Client {
  let used = false;
  return new Client(request.url.origin, {
    allowH2: false,
    pipelining: 0,
    maxHeaderSize: request.maxHeaderBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const first = !used;
      used = true;
      // Not at once: undici sends nothing when its connector calls back before it has returned.
      queueMicrotask(() => {
        if (first) callback(null, socket);
        // Asked again: the connection closed before the request was answered.
        else callback(new FailureError('protocol', 'the connection was closed before an answer'), null);
      });
    },
  });
}

function dispatch(client: Client, request: ExchangeRequest, sink: Sink): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun = false;
    const guarded = (controller: Dispatcher.DispatchController, wantsMore: () => boolean): void => {
      try {
        if (wantsMore()) return;
        resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      controller.abort(over);
    };
    client.dispatch(
      {
        method: request.method,
        path: `${request.url.pathname}${request.url.search}`,
        headers: request.headers,
      },
      {
        onRequestStart: () => undefined,
        onResponseStarted: () => {
          begun = true;
        },
        onResponseStart: (controller, status) => {
          // 1xx answers announce the one that counts.
          if (status < 200) return;
          guarded(controller, () => sink.head({ status, rawHeaders: latin1(controller.rawHeaders) }));
        },
        onResponseData: (controller, chunk) => {
          guarded(controller, () => sink.data(chunk));
        },
        onResponseEnd: () => {
          resolve();
        },
        onResponseError: (_controller, error) => {
          reject(asFailure(error, begun));
        },
      },
    );
  });
}

function latin1(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) throw new TypeError('undici gave no raw headers');
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}

/** By class: undici gives its parser's errors no code that can be used. What is left is an errno, or our own bug. */
function asFailure(error: Error, begun: boolean): Error {
  const broken = error instanceof errors.HTTPParserError || error instanceof errors.ResponseContentLengthMismatchError;
  // undici asserts what its parser does not check: a status below 100.
  if (broken || error.name === 'AssertionError') return new MalformedAnswerError(error.message);
  if (error instanceof errors.HeadersOverflowError) return new FailureError('too-large', 'headers longer than we read');
  if (!(error instanceof errors.SocketError)) return error;
  return begun ? new MalformedAnswerError(error.message) : new FailureError('protocol', error.message);
}

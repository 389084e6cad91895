import type { X509Certificate } from 'node:crypto';
import { FailureError } from '../../model/failure.ts';
import {
  MalformedAnswerError,
  strictExchange,
  type Exchange,
  type Head,
  type Method,
  type Sink,
} from '../wire/undici.ts';
import type { Connection } from './connection.ts';
import { bodyBuffer } from './body-buffer.ts';
import { looseExchange } from './loose-exchange.ts';
import { waitAtMost } from '../wire/wait-at-most.ts';

export type AnswerLimits = {
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
  /** From the request to the end of the headers. */
  readonly headersMs: number;
  /** From the end of the headers to the end of the body. */
  readonly bodyMs: number;
};

/** One answer as it came. `cut`: the body was longer, or ended otherwise, than it was read. */
export type Answer = Head & {
  readonly body: Buffer;
  readonly cut: boolean;
  /** Where it was asked for, and there was TLS. */
  readonly certificate?: X509Certificate;
};

export type AnswerRequest = {
  readonly url: URL;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly limits: AnswerLimits;
  /** A new connection to the place the URL lives at. */
  readonly open: () => Promise<Connection>;
  readonly wantsCertificate?: boolean;
  /** Whether the body of this answer is of use. */
  readonly wantsBody: (head: Head) => boolean;
  /** Whether the request may be sent once more, to read with the forgiving parser what the strict one refused. */
  readonly mayRepeat: () => boolean;
};

/** Received before the headers of an answer ended: handshake, early hints and all. */
const maxBytesBeforeHead = 1_048_576;

/** Sends one request and reads its answer within every limit. Throws FailureError, or what the parser threw. */
export async function getAnswer(request: AnswerRequest): Promise<Answer> {
  try {
    return await attempt(strictExchange, request);
  } catch (error) {
    if (!(error instanceof MalformedAnswerError) || request.signal.aborted || !request.mayRepeat()) throw error;
    return attempt(looseExchange, request);
  }
}

async function attempt(exchange: Exchange, request: AnswerRequest): Promise<Answer> {
  const connection = await request.open();
  try {
    return await read(exchange, connection, request);
  } finally {
    connection.close();
  }
}

/** Runs one exchange between the limits; whatever ends it first decides. */
function read(exchange: Exchange, connection: Connection, request: AnswerRequest): Promise<Answer> {
  const { limits, signal, url, method, headers } = request;
  return new Promise((resolve, reject) => {
    const body = bodyBuffer(limits.maxBodyBytes);
    let head: Omit<Answer, 'body' | 'cut'> | undefined;
    let over = false;
    let overflow = false;

    const end = (cut: boolean, error?: Error) => {
      if (over) return;
      over = true;
      stopWaiting();
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      connection.close();
      // A body that broke off does not undo the headers that came before it.
      if (head !== undefined) resolve({ ...head, body: body.bytes(), cut });
      else reject(error ?? new FailureError('protocol', 'the connection ended before an answer'));
    };
    const onAbort = () => {
      end(true, new FailureError('not-run', 'stopped before an answer'));
    };
    let stopWaiting = waitAtMost(limits.headersMs, () => {
      end(true, new FailureError('timeout', `no headers in ${limits.headersMs} ms`));
    });
    // The parsers bound headers, but not a status line or a stream of 1xx answers.
    const watch = setInterval(() => {
      if (connection.stream.bytesRead <= maxBytesBeforeHead) return;
      end(true, new FailureError('too-large', 'no end of headers'));
    }, 50);

    const sink: Sink = {
      head: (got) => {
        if (over) return false;
        const certificate = request.wantsCertificate === true ? connection.certificate?.() : undefined;
        head = { ...got, ...(certificate === undefined ? {} : { certificate }) };
        stopWaiting();
        clearInterval(watch);
        stopWaiting = waitAtMost(limits.bodyMs, () => {
          end(true);
        });
        return request.wantsBody(got);
      },
      data: (chunk) => {
        // The exchange ends by itself: undici must let go of the connection before it is closed, else it asserts that
        // a body without a length, which a close ends, was not given up.
        overflow ||= !body.add(chunk);
        return !overflow;
      },
    };
    exchange(connection.stream, { url, method, headers, maxHeaderBytes: limits.maxHeaderBytes }, sink).then(
      () => {
        end(overflow);
      },
      (error: unknown) => {
        end(true, error instanceof Error ? error : new Error(String(error)));
      },
    );
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

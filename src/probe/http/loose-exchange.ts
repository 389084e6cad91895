import { FailureError } from '../../model/failure.ts';
import type { Exchange, ExchangeRequest, Head, Sink } from '../wire/undici.ts';
import { createDechunker } from './dechunk.ts';
import { firstHeader } from './headers.ts';
import { endOfHead, parseLooseHead } from './loose-head.ts';

/** Takes bytes; false when no more are wanted. */
type Reader = (piece: Buffer) => boolean;

/**
 * The exchange by a parser that forgives, for answers that the strict one refuses, so that what is wrong with them can
 * be recorded. (Node's `insecureHTTPParser` was measured not to be enough: it refuses `Server : x` and two lengths.)
 */
export const looseExchange: Exchange = (socket, request, sink) =>
  new Promise((resolve, reject) => {
    let headSeen = false;
    const read = headReader(request, {
      head: (head) => {
        headSeen = true;
        return sink.head(head);
      },
      data: sink.data,
    });
    socket.on('data', (piece: Buffer) => {
      try {
        if (!read(piece)) resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.once('error', reject);
    socket.once('close', () => {
      if (headSeen) resolve();
      else reject(new FailureError('protocol', 'the connection was closed before an answer'));
    });
    socket.write(requestText(request));
  });

function requestText({ url, method, headers }: ExchangeRequest): string {
  const lines = Object.entries({ Host: url.host, Connection: 'close', ...headers });
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** Gathers heads until the one that counts, then hands over to the reader of its body. */
function headReader({ maxHeaderBytes, method }: ExchangeRequest, sink: Sink): Reader {
  let gathered = '';
  let readBody: Reader | undefined;
  return (piece) => {
    if (readBody !== undefined) return readBody(piece);
    // The blank line may have begun in the piece before.
    let searchFrom = gathered.length - 2;
    gathered += piece.toString('latin1');
    for (;;) {
      if (!'HTTP/'.startsWith(gathered.slice(0, 5))) throw notHttp();
      const end = endOfHead(gathered, searchFrom);
      if (end > maxHeaderBytes || (end === -1 && gathered.length > maxHeaderBytes)) {
        throw new FailureError('too-large', 'headers longer than we read');
      }
      if (end === -1) return true;
      const head = parseLooseHead(gathered.slice(0, end));
      if (head === null) throw notHttp();
      if (head.status === 101) throw new FailureError('protocol', 'another protocol (status 101) was not asked for');
      gathered = gathered.slice(end);
      searchFrom = 0;
      // Other 1xx answers announce the one that counts.
      if (head.status < 200) continue;
      if (!sink.head(head) || method === 'HEAD') return false;
      readBody = bodyReader(head, sink);
      return gathered === '' || readBody(Buffer.from(gathered, 'latin1'));
    }
  };
}

const notHttp = () => new FailureError('protocol', 'the answer does not begin with an HTTP status line');

/** RFC 9112 §6.3: no body, chunks, a length, or all that comes. */
function bodyReader(head: Head, sink: Sink): Reader {
  if (head.status === 204 || head.status === 304) return () => false;
  if (/\bchunked\b/i.test(firstHeader(head.rawHeaders, 'transfer-encoding') ?? '')) {
    const dechunk = createDechunker();
    return (piece) => {
      const { data, more } = dechunk(piece);
      return data.every((part) => sink.data(part)) && more;
    };
  }
  const length = /^\d{1,15}$/.exec(firstHeader(head.rawHeaders, 'content-length') ?? '')?.[0];
  let left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  return (piece) => {
    const part = piece.subarray(0, left);
    left -= part.length;
    return sink.data(part) && left > 0;
  };
}

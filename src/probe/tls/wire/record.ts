import { createAccumulator } from './accumulator.ts';

/** Content types (RFC 8446 section 5.1, RFC 6520). */
export const contentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
  heartbeat: 24,
} as const;

/** The largest body any version allows: 2^14 and 2,048 of expansion. */
const largestBody = 18_432;

export type TlsRecord = { readonly type: number; readonly header: Buffer; readonly body: Buffer };

/** What is next: a record; `more` bytes are wanted; or these are no TLS records (`sample` is how they begin). */
export type NextRecord =
  | { readonly kind: 'record'; readonly record: TlsRecord }
  | { readonly kind: 'more' }
  | { readonly kind: 'not-tls'; readonly sample: Buffer };

export type RecordReader = { readonly push: (bytes: Buffer) => void; readonly next: () => NextRecord };

const more = { kind: 'more' } as const;

/** Cuts a stream of bytes into records, wherever TCP broke it. */
export function createRecordReader(): RecordReader {
  const bytes = createAccumulator();

  const notTls = (): NextRecord => ({
    kind: 'not-tls',
    sample: bytes.peek(Math.min(bytes.size(), 200)) ?? Buffer.alloc(0),
  });

  return {
    push: bytes.push,
    next: () => {
      const start = bytes.peek(Math.min(bytes.size(), 5));
      if (start === undefined || start.length === 0) return more;
      if (!looksLikeRecord(start)) return notTls();
      if (start.length < 5) return more;
      const whole = bytes.take(5 + start.readUInt16BE(3));
      if (whole === undefined) return more;
      return {
        kind: 'record',
        record: { type: whole.readUInt8(0), header: whole.subarray(0, 5), body: whole.subarray(5) },
      };
    },
  };
}

/** Judges as many of the first five bytes as there are. */
function looksLikeRecord(start: Buffer): boolean {
  const type = start[0] ?? 0;
  if (type < contentType.changeCipherSpec || type > contentType.heartbeat) return false;
  if (start.length > 1 && start[1] !== 3) return false;
  return start.length < 5 || start.readUInt16BE(3) <= largestBody;
}

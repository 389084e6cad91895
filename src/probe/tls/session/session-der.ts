import { Constructed, Integer, OctetString, Sequence, fromBER } from 'asn1js';

/** What OpenSSL's serialised session (SSL_SESSION_ASN1, ssl/ssl_asn1.c) says beside its keys, which are not read. */
export type SessionInfo = {
  readonly version: number;
  readonly suite: number;
  /** Beside a ticket this is not the server's but OpenSSL's own digest of the ticket. */
  readonly sessionId: Buffer;
  readonly ticket?: Buffer;
  /** Seconds; 0 and unsaid are the same (RFC 5077 section 3.3). */
  readonly lifetime: number;
  readonly maxEarlyData: number;
};

const tag = { lifetimeHint: 9, ticket: 10, maxEarlyData: 15 } as const;

/**
 * Reads what `TLSSocket.getSession()` gives: the DER, from Node 24.21 on behind a header that binds it to a name.
 * Undefined when it is none. Total over any input.
 */
export function readSession(session: Buffer): SessionInfo | undefined {
  const root = parse(withoutNodeHeader(session));
  if (!(root instanceof Sequence)) return undefined;
  const [, version, suite, sessionId, , ...optional] = root.valueBlock.value;
  if (!(version instanceof Integer && suite instanceof OctetString && sessionId instanceof OctetString))
    return undefined;
  const suiteBytes = bytesOf(suite);
  const tagged = (number: number): unknown => {
    const found = optional.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === number);
    return found instanceof Constructed ? found.valueBlock.value[0] : undefined;
  };
  const ticket = tagged(tag.ticket);
  const info = {
    version: numberOf(version),
    suite: suiteBytes.length === 2 ? suiteBytes.readUInt16BE(0) : 0,
    sessionId: bytesOf(sessionId),
    lifetime: numberOf(tagged(tag.lifetimeHint)),
    maxEarlyData: numberOf(tagged(tag.maxEarlyData)),
  };
  return ticket instanceof OctetString && bytesOf(ticket).length > 0 ? { ...info, ticket: bytesOf(ticket) } : info;
}

/** `\0nodejs:tls:session:1\0`, a name with its length in two bytes, then the DER. */
function withoutNodeHeader(session: Buffer): Buffer {
  if (session[0] !== 0) return session;
  const lengthAt = session.indexOf(0, 1) + 1;
  if (lengthAt === 0 || lengthAt + 2 > session.length) return session;
  return session.subarray(lengthAt + 2 + session.readUInt16BE(lengthAt));
}

function parse(der: Buffer): unknown {
  try {
    return fromBER(Uint8Array.from(der)).result;
  } catch {
    return undefined;
  }
}

function bytesOf(value: OctetString): Buffer {
  return Buffer.from(value.valueBlock.valueHexView);
}

/** An integer of at most 32 bits, 0 for anything else. */
function numberOf(value: unknown): number {
  if (!(value instanceof Integer)) return 0;
  const bytes = value.valueBlock.valueHexView;
  if (bytes.length === 0 || bytes.length > 5) return 0;
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return number <= 0xffff_ffff ? number : 0;
}

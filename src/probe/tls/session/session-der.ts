import { contextTag, derAt, derSequence, derTag, type Der } from '../chain/der.ts';

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
  /** False for a session of our own making without the extended master secret (RFC 7627). */
  readonly extended?: false;
};

const tag = { lifetimeHint: 9, ticket: 10, maxEarlyData: 15 } as const;

/**
 * Reads what `TLSSocket.getSession()` gives: the DER, from Node 24.21 on behind a header that binds it to a name.
 * Undefined when it is none. Total over any input.
 */
export function readSession(session: Buffer): SessionInfo | undefined {
  const [, version, suite, sessionId, , ...optional] = derSequence(withoutNodeHeader(session)) ?? [];
  if (version?.tag !== derTag.integer || suite?.tag !== derTag.octetString) return undefined;
  if (sessionId?.tag !== derTag.octetString) return undefined;
  const tagged = (number: number): Der | undefined => {
    const found = optional.find((one) => one.tag === contextTag(number, 'constructed'));
    return found === undefined ? undefined : derAt(found.body);
  };
  const ticket = tagged(tag.ticket);
  const info = {
    version: numberOf(version),
    suite: suite.body.length === 2 ? suite.body.readUInt16BE(0) : 0,
    sessionId: Buffer.from(sessionId.body),
    lifetime: numberOf(tagged(tag.lifetimeHint)),
    maxEarlyData: numberOf(tagged(tag.maxEarlyData)),
  };
  const hasTicket = ticket?.tag === derTag.octetString && ticket.body.length > 0;
  return hasTicket ? { ...info, ticket: Buffer.from(ticket.body) } : info;
}

/** `\0nodejs:tls:session:1\0`, a name with its length in two bytes, then the DER. */
function withoutNodeHeader(session: Buffer): Buffer {
  if (session[0] !== 0) return session;
  const lengthAt = session.indexOf(0, 1) + 1;
  if (lengthAt === 0 || lengthAt + 2 > session.length) return session;
  return session.subarray(lengthAt + 2 + session.readUInt16BE(lengthAt));
}

/** An integer from 0 to 2^32 - 1, 0 for anything else. */
function numberOf(value: Der | undefined): number {
  if (value?.tag !== derTag.integer || value.body.length === 0 || value.body.length > 5) return 0;
  const number = value.body.readUIntBE(0, value.body.length);
  return number <= 0xffff_ffff ? number : 0;
}
